/**
 * Benchmark of the island on one core: physics and rendering separately, in microseconds per
 * decision, and the cost of generating a new look at the start of an episode. Run with `npx tsx
 * bench/island.ts`.
 *
 * Every round measures all parts in turn, in CPU time, so that load on the machine has little
 * effect; compare the medians over the rounds.
 */
import { FRAME_BYTES, HOME, Island, Renderer, walkTo } from '../src/island/index.ts'

const ROUNDS = 9
const EPISODES = 60

/** Returns the episodes of a round: walks from the spawns to all jumppads, each with its own look. */
function plan(round: number) {
  return Array.from({ length: EPISODES }, (_, i) => {
    const seed = round * EPISODES + i
    const start = 'spawn' as const
    const goal = HOME.jumppads[seed % HOME.jumppads.length] ?? HOME.jumppads[0]
    return { seed, start, goal }
  })
}

interface Costs {
  physics: number
  rendering: number
  look: number
}

/** Returns the cost in microseconds, per decision (physics, rendering) and per episode (look). */
function measure(round: number, renderer: Renderer, frame: Uint8Array): Costs {
  const walks = plan(round).map(({ seed, start, goal }) => {
    const island = new Island({ start, seed })
    const actions: number[] = []
    while (!island.over && goal) {
      const action = walkTo(HOME, island.state, goal)
      actions.push(action)
      island.step(action)
    }
    return { seed, start, actions }
  })
  const decisions = walks.reduce((sum, { actions }) => sum + actions.length, 0)

  const beforePhysics = cpuMicroseconds()
  for (const { seed, start, actions } of walks) {
    const island = new Island({ start, seed })
    for (const action of actions) island.step(action)
  }
  const afterPhysics = cpuMicroseconds()

  // Rendering the first frame also generates the look and mixes its paint.
  const islands = walks.map(({ seed, start, actions }) => ({
    island: new Island({ start, seed }),
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

/** Returns the CPU time of this process in microseconds, which excludes other processes. */
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
