/**
 * What a decision on the island costs on one core: physics and rendering apart, in microseconds,
 * and what a new look costs at an episode's start. Run it with `npx tsx bench/island.ts`.
 *
 * All parts are measured in turn in every round, in processor time, so that a busy machine disturbs
 * little; the median over the rounds is what to compare.
 */
import { FRAME_BYTES, Island, JUMPPADS, Renderer, walkTo } from '../src/island/index.ts'

const ROUNDS = 9
const EPISODES = 60

/** The walked episodes of a round: from the spawns to all jumppads, each with its own look. */
function plan(round: number) {
  return Array.from({ length: EPISODES }, (_, i) => {
    const seed = round * EPISODES + i
    const start = 'spawn' as const
    const goal = JUMPPADS[seed % JUMPPADS.length] ?? JUMPPADS[0]
    return { seed, start, goal }
  })
}

interface Costs {
  physics: number
  rendering: number
  look: number
}

/** Microseconds a decision (physics, rendering) and an episode (look). */
function measure(round: number, renderer: Renderer, frame: Uint8Array): Costs {
  const walks = plan(round).map(({ seed, start, goal }) => {
    const island = new Island(start, seed)
    const actions: number[] = []
    while (!island.over && goal) {
      const action = walkTo(island.state, goal)
      actions.push(action)
      island.step(action)
    }
    return { seed, start, actions }
  })
  const decisions = walks.reduce((sum, { actions }) => sum + actions.length, 0)

  const beforePhysics = cpuMicroseconds()
  for (const { seed, start, actions } of walks) {
    const island = new Island(start, seed)
    for (const action of actions) island.step(action)
  }
  const afterPhysics = cpuMicroseconds()

  // The first frame draws the look and mixes its paint.
  const islands = walks.map(({ seed, start, actions }) => ({
    island: new Island(start, seed),
    actions,
  }))
  const beforeLooks = cpuMicroseconds()
  for (const { island } of islands) island.render(renderer, frame)
  const afterLooks = cpuMicroseconds()
  for (const { island, actions } of islands) {
    for (const action of actions) {
      island.render(renderer, frame)
      island.step(action)
    }
  }
  const afterRendering = cpuMicroseconds()

  const physics = (afterPhysics - beforePhysics) / decisions
  return {
    physics,
    rendering: (afterRendering - afterLooks) / decisions - physics,
    look: (afterLooks - beforeLooks) / walks.length,
  }
}

/** Processor time of this process: it does not count the time that other programs take. */
function cpuMicroseconds(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const renderer = new Renderer()
const frame = new Uint8Array(FRAME_BYTES)
for (let warmUp = 0; warmUp < 3; warmUp++) measure(1000 + warmUp, renderer, frame)
const rounds = Array.from({ length: ROUNDS }, (_, round) => measure(round, renderer, frame))

function report(name: string, unit: string, part: keyof Costs): void {
  const costs = rounds.map((round) => round[part])
  const range = `${Math.min(...costs).toFixed(1)}–${Math.max(...costs).toFixed(1)}`
  process.stdout.write(`${name.padEnd(22)}${median(costs).toFixed(1)} µs ${unit} (${range})\n`)
}

process.stdout.write(`Medians of ${ROUNDS} rounds of ${EPISODES} episodes, lowest and highest:\n`)
report('physics', 'a decision', 'physics')
report('rendering', 'a decision', 'rendering')
report('look and first frame', 'an episode', 'look')
