/**
 * Benchmark of every shipped island on one core: physics and rendering separately, in microseconds
 * per decision, and the cost of generating a new look at the start of an episode. Run with `npx tsx
 * bench/island.ts`.
 *
 * Every round measures all parts in turn, in CPU time, so that load on the machine has little
 * effect; compare the medians over the rounds.
 */
import {
  FRAME_BYTES,
  ISLANDS,
  Island,
  Renderer,
  type ShippedIsland,
  walkTo,
} from '../src/island/index.ts'

const ROUNDS = 9
const EPISODES = 60

/** Returns the episodes of a round: walks from the spawns to all jumppads, each with its own look. */
function plan(round: number, { map }: ShippedIsland) {
  const { jumppads } = map
  return Array.from({ length: EPISODES }, (_, i) => {
    const seed = round * EPISODES + i
    const start = 'spawn' as const
    const goal = jumppads[seed % jumppads.length] ?? jumppads[0]
    return { beginning: { seed, start, island: map }, goal }
  })
}

interface Costs {
  physics: number
  rendering: number
  look: number
}

/** Returns the cost in microseconds, per decision (physics, rendering) and per episode (look). */
function measure(
  round: number,
  shipped: ShippedIsland,
  renderer: Renderer,
  frame: Uint8Array,
): Costs {
  const walks = plan(round, shipped).map(({ beginning, goal }) => {
    const island = new Island(beginning)
    const actions: number[] = []
    while (!island.over && goal) {
      const action = walkTo(island.world, island.state, goal)
      actions.push(action)
      island.step(action)
    }
    return { beginning, actions }
  })
  const decisions = walks.reduce((sum, { actions }) => sum + actions.length, 0)

  const beforePhysics = cpuMicroseconds()
  for (const { beginning, actions } of walks) {
    const island = new Island(beginning)
    for (const action of actions) island.step(action)
  }
  const afterPhysics = cpuMicroseconds()

  // Rendering the first frame also generates the look and mixes its paint.
  const islands = walks.map(({ beginning, actions }) => ({
    island: new Island(beginning),
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
for (const island of ISLANDS) measure(1000, island, renderer, frame)
// All islands in turn in every round, so that a busy moment hits them all.
const rounds = Array.from({ length: ROUNDS }, (_, round) =>
  ISLANDS.map((island) => measure(round, island, renderer, frame)),
)

function cell(island: number, part: keyof Costs): string {
  const costs = rounds.map((costsOf) => costsOf[island]?.[part] ?? Number.NaN)
  const range = `${Math.min(...costs).toFixed(1)}–${Math.max(...costs).toFixed(1)}`
  return `${median(costs).toFixed(1)} (${range})`.padEnd(24)
}

process.stdout.write(
  `Medians of ${ROUNDS} rounds of ${EPISODES} episodes, lowest and highest, µs of CPU time.\n`,
)
process.stdout.write(
  `${'island'.padEnd(18)}${'physics, a decision'.padEnd(24)}${'rendering, a decision'.padEnd(24)}look and first frame\n`,
)
for (const [index, { id }] of ISLANDS.entries()) {
  const cells = (['physics', 'rendering', 'look'] as const).map((part) => cell(index, part))
  process.stdout.write(`${id.padEnd(18)}${cells.join('')}\n`)
}
