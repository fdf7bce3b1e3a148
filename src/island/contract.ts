/**
 * The contract of the world, checked by playing episodes: properties that must hold for any seed
 * and any actions, whatever changes in motion, map or renderer. Modelled on Gymnasium's environment
 * checker.
 */
import { ACTION_COUNT, decodeAction, encodeAction, mirrorAction } from './action.ts'
import { Digest } from './digest.ts'
import { digestState } from './episode.ts'
import { type Key, keySeed, RandomStream, splitKey } from './key.ts'
import { createLook } from './look.ts'
import { SEA_LEVEL } from './map.ts'
import { advance, isOver } from './motion.ts'
import { FRAME_BYTES } from './observation.ts'
import { Renderer } from './renderer.ts'
import { type IslandState, mirrorState, START_KINDS, type StartKind, startState } from './state.ts'
import { EPISODE_DECISIONS } from './version.ts'
import { walkTo } from './walker.ts'
import { HOME } from './world.ts'

/**
 * The parts of a world that the contract covers. Worlds other than WORLD serve to test the checker.
 */
export interface WorldUnderTest {
  startState(start: StartKind, seed: number): IslandState
  advance(state: IslandState, action: number): void
  isOver(state: IslandState): boolean
  /** Returns a function that draws the frames of the island with this seed. */
  createView(seed: number): (state: IslandState, out: Uint8Array, offset: number) => void
}

/** Created on first use, because most importers of this folder never run the checks. */
let sharedRenderer: Renderer | undefined

/** The real world. All episodes share its renderer, so that state leaking between them shows. */
export const WORLD: WorldUnderTest = {
  startState: (start, seed) => startState({ start, seed }),
  advance: (state, action) => advance(HOME, state, action),
  isOver,
  createView: (seed) => {
    sharedRenderer ??= new Renderer()
    const renderer = sharedRenderer
    const look = createLook(HOME, seed)
    return (state, out, offset) => renderer.render(state, look, out, offset)
  },
}

/** Distance beyond a world's bounds that a jump off the edge can reach, in metres. */
const LEAP = 4

/** Height that no jump reaches, in metres above the ground. */
const HIGHEST = 2

/** Number of decisions between checked frames. */
const FRAME_STRIDE = 20

/** Number of guard bytes before and after a frame that the renderer must not write. */
const GUARD = 16

/**
 * Plays `episodes` episodes, cycling through the kinds of start, with keys split from `key`.
 * Returns one sentence per violation; an empty list means that the contract holds.
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

/** Mean number of decisions for which a random gamepad is held. */
const HOLD = 4

/**
 * Returns EPISODE_DECISIONS actions that cover much of the world: stretches of walking to a jumppad
 * alternate with stretches of holding a random gamepad. They continue past the end of the episode,
 * so that the checks cover that case too.
 */
function recordActions(world: WorldUnderTest, start: StartKind, seed: number, key: Key): number[] {
  const random = new RandomStream(key)
  const state = world.startState(start, seed)
  const jumppad = random.pick(HOME.jumppads)
  const wandering = random.pick([0, 0.3, 0.8])
  const actions: number[] = []
  let held = -1
  for (let i = 0; i < EPISODE_DECISIONS; i++) {
    if (random.chance(1 / HOLD)) held = random.chance(wandering) ? random.below(ACTION_COUNT) : -1
    const action = held < 0 ? walkTo(HOME, state, jumppad) : forwards(held)
    actions.push(action)
    world.advance(state, action)
  }
  return actions
}

/** Returns the same gamepad biased towards walking forwards; unbiased ones get nowhere. */
function forwards(action: number): number {
  const gamepad = decodeAction(action)
  return encodeAction({ ...gamepad, leftY: Math.min(10, gamepad.leftY + 4) })
}

/** Checks that the same start, seed and actions give the same digest of all states. */
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
    digestState(digest, HOME, state)
    for (const action of actions) {
      world.advance(state, action)
      digestState(digest, HOME, state)
    }
    return digest.hex()
  })
  if (first !== second) {
    report(`the same actions gave state digest ${first}, then ${second}; expected the same.`)
  }
}

/**
 * Checks that an episode ends only at a jumppad or at its last decision, and stays within bounds.
 */
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
  // Written so that NaN counts as outside.
  const { minX, maxX, minZ, maxZ } = HOME.bounds
  const inX = x >= minX - LEAP && x <= maxX + LEAP
  const inZ = z >= minZ - LEAP && z <= maxZ + LEAP
  return inX && inZ && y >= SEA_LEVEL && y <= HIGHEST
}

function touches(state: IslandState): boolean {
  const jumppad = HOME.jumppads.find(({ name }) => name === state.outcome)
  if (jumppad === undefined) return false
  const dx = state.x - jumppad.x
  const dz = state.z - jumppad.z
  return dx * dx + dz * dz <= jumppad.radius * jumppad.radius
}

/** Checks that mirrored actions on the mirrored island give the mirrored path, bit for bit. */
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
  // States have exactly the keys of their type.
  return (Object.keys(a) as (keyof IslandState)[]).find((field) => a[field] !== b[field])
}

/** Checks that frames fill exactly their bytes, are not uniform, and are the same when redrawn. */
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
      // Another island is drawn in between: none of it may remain.
      world.createView(seed + 1)(state, high, GUARD)
      draw(state, high.fill(255), GUARD)
      const complaint = judgeFrame(low, high)
      if (complaint) report(`the frame at decision ${index} ${complaint}`)
      if (complaint) return
    }
    world.advance(state, action)
  }
}

/** Returns what is wrong, if anything, with a frame drawn onto zeros and again onto 255s. */
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
