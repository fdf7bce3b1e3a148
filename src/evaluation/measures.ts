/** What is measured of an episode by playing it again: the ground on which it is classified. */
import {
  BODY_RADIUS,
  DECISION_SECONDS,
  decodeAction,
  distance,
  type Ending,
  type Episode,
  type Gamepad,
  type Island,
  JUMPPADS,
  type Jumppad,
  obstacleAt,
  type Point,
  replay,
  type SurfaceName,
  stickValue,
  WALKING_SPEED,
} from '../island/index.ts'
import { jumppadNamed, navigatorToJumppad, surfaceAt } from '../players/index.ts'
import { type Moment, turnNearJumppad, winding } from './turns.ts'

/**
 * Measures of one episode. Its goal is the jumppad that ended it or, where none did, the one to
 * which the way was shortest in the end. Shares are 0…1 of the decisions.
 */
export interface Measures {
  readonly decisions: number
  readonly ending: Ending
  /** How often the sea returned the character. */
  readonly swims: number
  /** Metres walked; being returned by the sea is not walking. */
  readonly pathLength: number
  /** Metres of the shortest way from the start to the goal's edge. */
  readonly shortestWay: number
  /** Metres of that way that were left at the end; 0 at a jumppad. */
  readonly remaining: number
  /**
   * Metres by which the goal came nearer, for each metre walked, 0…1: at a jumppad this is the
   * shortest way ÷ the path's length.
   */
  readonly straightness: number
  /** Metres walked that brought the goal no nearer. */
  readonly detour: number
  /** Decisions used ÷ decisions that the shortest way takes at full tilt. */
  readonly slowness: number
  /** Decisions with attack or jump pressed. */
  readonly presses: number
  /** Decisions spent in the swing of an attack, and their share. */
  readonly swinging: number
  readonly attackShare: number
  /** Share in which an obstacle kept the character from walking as the stick asked. */
  readonly blockedShare: number
  /** Share spent on bridges and side platforms; for who starts on one, only after having left it. */
  readonly sideShare: number
  /** Radians, 0…π, by which the course changed after having been near a jumppad or past them. */
  readonly turnNearJumppad: number
  /** Radians of the longest turning in one sense; 2π is a full circle. */
  readonly winding: number
}

/** Share of the metres that the stick asks for below which an obstacle in touch is in the way. */
const BLOCKED = 0.5

/** Metres from a body within which an obstacle is in touch. */
const TOUCH = 0.02

const SIDE: ReadonlySet<SurfaceName | undefined> = new Set<SurfaceName>([
  'west bridge',
  'east bridge',
  'west platform',
  'east platform',
])

/**
 * Plays an episode again and measures it. Throws for an episode of another world version, and a
 * RangeError for one without a decision.
 */
export function measureEpisode(episode: Episode): Measures {
  const { moments, gamepads, swinging, ending } = retell(episode)
  const decisions = gamepads.length
  const ofDecisions = (count: number) => count / decisions
  const steps = gamepads.map((_, i) => stepMetres(moments, i))
  const pathLength = steps.reduce((sum, metres) => sum + metres, 0)
  const way = wayOf(ending, moments)
  const gained = way.shortestWay - way.remaining
  const isBlockedAt = (gamepad: Gamepad, i: number) =>
    isBlocked(gamepad, moments[i + 1], steps[i] ?? 0)
  return {
    decisions,
    ending,
    swims: moments.at(-1)?.swims ?? 0,
    pathLength,
    ...way,
    straightness: pathLength === 0 ? 0 : Math.max(0, Math.min(1, gained / pathLength)),
    detour: Math.max(0, pathLength - gained),
    slowness: (decisions * DECISION_SECONDS * WALKING_SPEED) / way.shortestWay,
    presses: gamepads.filter(({ jump, attack }) => jump || attack).length,
    swinging,
    attackShare: ofDecisions(swinging),
    blockedShare: ofDecisions(gamepads.filter(isBlockedAt).length),
    sideShare: ofDecisions(decisionsAside(moments)),
    turnNearJumppad: turnNearJumppad(moments),
    winding: winding(moments),
  }
}

/** Every moment, the one after the last decision included, and the decisions spent in a swing. */
function retell(episode: Episode) {
  const moments: Moment[] = []
  let swinging = 0
  let island: Island | undefined
  const note = ({ state: { x, z, swims, facing } }: Island) => moments.push({ x, z, swims, facing })
  const gamepads = Array.from(episode.actions, decodeAction)
  const { ending } = replay(episode, (played, index) => {
    note(played)
    if (played.state.attack > 0 || gamepads[index]?.attack) swinging += 1
    island = played
  })
  if (island !== undefined) note(island)
  return { moments, gamepads, swinging, ending }
}

/** Metres walked in one decision. */
function stepMetres(moments: readonly Moment[], index: number): number {
  const from = moments[index]
  const to = moments[index + 1]
  if (from === undefined || to?.swims !== from.swims) return 0
  return distance(from.x, from.z, to)
}

/** Whether an obstacle kept the character from walking the metres that the stick asked for. */
function isBlocked(gamepad: Gamepad, after: Moment | undefined, metres: number): boolean {
  if (after === undefined) return false
  const aside = stickValue(gamepad.leftX)
  const ahead = stickValue(gamepad.leftY)
  const tilt = Math.sqrt(aside * aside + ahead * ahead)
  const asked = Math.min(1, tilt) * WALKING_SPEED * DECISION_SECONDS
  const inTouch = obstacleAt(after.x, after.z, BODY_RADIUS + TOUCH) !== undefined
  return inTouch && metres < BLOCKED * asked
}

/** Moments on a bridge or a side platform after the first one on the way. */
function decisionsAside(moments: readonly Moment[]): number {
  let wasOnWay = false
  let count = 0
  for (const { x, z } of moments) {
    const surface = surfaceAt(x, z)
    if (SIDE.has(surface)) count += wasOnWay ? 1 : 0
    else if (surface !== undefined) wasOnWay = true
  }
  return count
}

/** The shortest way to the goal: from the start, and what was left of it at the end. */
function wayOf(ending: Ending, moments: readonly Moment[]) {
  const start = moments[0]
  const end = moments.at(-1)
  if (start === undefined || end === undefined) {
    throw new RangeError('Found an episode without a decision: expected one at least')
  }
  if (ending !== 'none') return { shortestWay: wayTo(jumppadNamed(ending), start), remaining: 0 }
  const ways = JUMPPADS.map((jumppad) => ({
    shortestWay: wayTo(jumppad, start),
    remaining: wayTo(jumppad, end),
  }))
  return ways.reduce((best, way) => (way.remaining < best.remaining ? way : best))
}

/** Metres of the shortest way from a place to a jumppad's edge. */
function wayTo(jumppad: Jumppad, { x, z }: Point): number {
  let metres: number
  try {
    metres = navigatorToJumppad(jumppad.name).distance(x, z)
  } catch {
    // From a few places by the jetties' edges no bend of the way is in sight: it is about straight.
    metres = distance(x, z, jumppad)
  }
  return Math.max(0, metres - jumppad.radius)
}
