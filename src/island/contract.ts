/**
 * The contract of the world, checked by playing: what must hold for any seed and any actions,
 * whatever is changed about motion, map or renderer. After Gymnasium's environment checker.
 */
import { ACTION_COUNT, decodeAction, encodeAction, mirrorAction } from './action.ts'
import { Digest } from './digest.ts'
import { digestState } from './episode.ts'
import { type Key, keySeed, RandomStream, splitKey } from './key.ts'
import { createLook } from './look.ts'
import { BOUNDS, JUMPPADS, SEA_LEVEL } from './map.ts'
import { advance, isOver } from './motion.ts'
import { FRAME_BYTES } from './observation.ts'
import { Renderer } from './renderer.ts'
import { type IslandState, mirrorState, START_KINDS, type StartKind, startState } from './state.ts'
import { EPISODE_DECISIONS } from './version.ts'
import { walkTo } from './walker.ts'

/** The parts of a world that the contract is about; others than WORLD are for trying the checker. */
export interface WorldUnderTest {
  startState(start: StartKind, seed: number): IslandState
  advance(state: IslandState, action: number): void
  isOver(state: IslandState): boolean
  /** A function that draws the frames of one island; a new one for every episode. */
  createView(seed: number): (state: IslandState, out: Uint8Array, offset: number) => void
}

/** Made when the first frame is drawn: most who import this folder never check it. */
let sharedRenderer: Renderer | undefined

/** The world as it is. Its renderer is shared by all episodes, so what sticks in it shows. */
export const WORLD: WorldUnderTest = {
  startState,
  advance,
  isOver,
  createView: (seed) => {
    sharedRenderer ??= new Renderer()
    const renderer = sharedRenderer
    const look = createLook(seed)
    return (state, out, offset) => renderer.render(state, look, out, offset)
  },
}

/** Metres beyond BOUNDS that a jump off the edge can lead. */
const LEAP = 4

/** Metres above the ground that nothing reaches by jumping. */
const HIGHEST = 2

/** Decisions from one checked frame to the next. */
const FRAME_STRIDE = 20

/** Bytes before and after a frame that the renderer must leave alone. */
const GUARD = 16

/**
 * Plays episodes from every kind of start, by keys split from this one, and says in a sentence each
 * what they violate. An empty list means that the contract holds.
 */
export function checkContract(key: Key, episodes = 12, world: WorldUnderTest = WORLD): string[] {
  const violations: string[] = []
  for (let i = 0; i < episodes; i++) {
    const start = START_KINDS[i % START_KINDS.length] ?? 'spawn'
    const seed = keySeed(splitKey(key, 'seed', i))
    const report = (sentence: string) => violations.push(`${start}, seed ${seed}: ${sentence}`)
    try {
      const actions = recordActions(world, start, seed, splitKey(key, 'actions', i))
      for (const check of CHECKS) check(world, start, seed, actions, report)
    } catch (error) {
      report(`it threw "${error instanceof Error ? error.message : error}"; expected it to play.`)
    }
  }
  return violations
}

type Report = (sentence: string) => void

type Check = (
  world: WorldUnderTest,
  start: StartKind,
  seed: number,
  actions: readonly number[],
  report: Report,
) => void

const CHECKS: readonly Check[] = [checkRepeats, checkEnd, checkMirror, checkFrames]

/** Decisions during which a random gamepad is held, on average. */
const HOLD = 4

/**
 * A hundred actions that see much of the world: stretches on the way to a jumppad, stretches of a
 * gamepad that is held at random. They go on after the end, which the world is then asked about.
 */
function recordActions(world: WorldUnderTest, start: StartKind, seed: number, key: Key): number[] {
  const random = new RandomStream(key)
  const state = world.startState(start, seed)
  const jumppad = random.pick(JUMPPADS)
  const wandering = random.pick([0, 0.3, 0.8])
  const actions: number[] = []
  let held = -1
  for (let i = 0; i < EPISODE_DECISIONS; i++) {
    if (random.chance(1 / HOLD)) held = random.chance(wandering) ? random.below(ACTION_COUNT) : -1
    const action = held < 0 ? walkTo(state, jumppad) : forwards(held)
    actions.push(action)
    world.advance(state, action)
  }
  return actions
}

/** The same gamepad, but rather walking forwards than not: else nothing gets anywhere. */
function forwards(action: number): number {
  const gamepad = decodeAction(action)
  return encodeAction({ ...gamepad, leftY: Math.min(10, gamepad.leftY + 4) })
}

/** Same start, seed and actions: same digest. */
function checkRepeats(
  world: WorldUnderTest,
  start: StartKind,
  seed: number,
  actions: readonly number[],
  report: Report,
): void {
  const [first, second] = [0, 1].map(() => {
    const digest = new Digest()
    const state = world.startState(start, seed)
    digestState(digest, state)
    for (const action of actions) {
      world.advance(state, action)
      digestState(digest, state)
    }
    return digest.hex()
  })
  if (first !== second) {
    report(`the same actions gave state digest ${first}, then ${second}; expected the same.`)
  }
}

/** An episode ends by a jumppad or after its decisions, and stays within the world until then. */
function checkEnd(
  world: WorldUnderTest,
  start: StartKind,
  seed: number,
  actions: readonly number[],
  report: Report,
): void {
  const state = world.startState(start, seed)
  if (state.outcome !== undefined) report(`it starts as ended (${state.outcome}).`)
  for (const [index, action] of actions.entries()) {
    world.advance(state, action)
    if (state.decision !== index + 1) {
      report(`decision counts ${state.decision} after ${index + 1} actions.`)
      return
    }
    if (!withinBounds(state)) {
      report(
        `at decision ${index + 1} it is at (${state.x}, ${state.y}, ${state.z}), out of the world.`,
      )
      return
    }
    const truncated = state.outcome === undefined && state.decision === EPISODE_DECISIONS
    if (world.isOver(state) !== (state.outcome !== undefined || truncated)) {
      report(`at decision ${index + 1} isOver is ${world.isOver(state)}, outcome ${state.outcome}.`)
    }
    if (state.outcome !== undefined) {
      if (!touches(state)) report(`it ended ${state.outcome} away from that jumppad.`)
      return
    }
  }
}

function withinBounds({ x, y, z }: IslandState): boolean {
  // Written so that NaN is outside.
  const inX = x >= BOUNDS.minX - LEAP && x <= BOUNDS.maxX + LEAP
  const inZ = z >= BOUNDS.minZ - LEAP && z <= BOUNDS.maxZ + LEAP
  return inX && inZ && y >= SEA_LEVEL && y <= HIGHEST
}

function touches(state: IslandState): boolean {
  const jumppad = JUMPPADS.find(({ name }) => name === state.outcome)
  if (jumppad === undefined) return false
  const dx = state.x - jumppad.x
  const dz = state.z - jumppad.z
  return dx * dx + dz * dz <= jumppad.radius * jumppad.radius
}

/** Mirrored actions on the mirrored island give the mirrored path, bit for bit. */
function checkMirror(
  world: WorldUnderTest,
  start: StartKind,
  seed: number,
  actions: readonly number[],
  report: Report,
): void {
  const state = world.startState(start, seed)
  const reflection = mirrorState(state)
  for (const [index, action] of actions.entries()) {
    world.advance(state, action)
    world.advance(reflection, mirrorAction(action))
    const expected = mirrorState(state)
    const field = differingField(expected, reflection)
    if (field !== undefined) {
      const found = `${reflection[field]}, expected ${expected[field]}`
      report(`mirrored, ${field} at decision ${index + 1} is ${found}.`)
      return
    }
  }
}

function differingField(a: IslandState, b: IslandState): keyof IslandState | undefined {
  // The keys of a state are those of its type: states have no others.
  return (Object.keys(a) as (keyof IslandState)[]).find((field) => a[field] !== b[field])
}

/** Frames cover all their bytes and no others, show something, and are the same when drawn again. */
function checkFrames(
  world: WorldUnderTest,
  start: StartKind,
  seed: number,
  actions: readonly number[],
  report: Report,
): void {
  const draw = world.createView(seed)
  const state = world.startState(start, seed)
  const low = new Uint8Array(FRAME_BYTES + 2 * GUARD)
  const high = new Uint8Array(FRAME_BYTES + 2 * GUARD)
  for (const [index, action] of actions.entries()) {
    if (index % FRAME_STRIDE === 0) {
      draw(state, low.fill(0), GUARD)
      // In between, another island is drawn: nothing of it may stay behind.
      world.createView(seed + 1)(state, high, GUARD)
      draw(state, high.fill(255), GUARD)
      const complaint = judgeFrame(low, high)
      if (complaint) report(`the frame at decision ${index} ${complaint}`)
      if (complaint) return
    }
    world.advance(state, action)
  }
}

/** Judges one frame that was drawn on a buffer of zeros and on one of 255s. */
function judgeFrame(low: Uint8Array, high: Uint8Array): string | undefined {
  const guarded = (bytes: Uint8Array, value: number) =>
    bytes.every((b, i) => b === value || (i >= GUARD && i < GUARD + FRAME_BYTES))
  if (!guarded(low, 0) || !guarded(high, 255)) return 'was written beyond its bytes.'
  const frame = low.subarray(GUARD, GUARD + FRAME_BYTES)
  const again = high.subarray(GUARD, GUARD + FRAME_BYTES)
  if (frame.some((byte, i) => byte !== again[i])) return 'is another when it is drawn again.'
  const first = frame[0]
  return frame.every((byte) => byte === first) ? 'is of one even colour.' : undefined
}
