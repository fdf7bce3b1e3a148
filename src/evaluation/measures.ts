/** Measures of an episode, taken by replaying it, from which its kind is derived. */
import {
  BODY_RADIUS,
  DECISION_SECONDS,
  decodeAction,
  distance,
  type Ending,
  type Episode,
  type Gamepad,
  type Island,
  type IslandState,
  type Jumppad,
  type Point,
  perWorld,
  replay,
  stickValue,
  WALKING_SPEED,
  type World,
  worldOf,
} from '../island/index.ts'
import { jumppadNamed, navigatorToJumppad, surfaceAt } from '../players/index.ts'
import { type TurnMoment, turnNearJumppad, winding } from './turns.ts'

/**
 * Measures of one episode. Its goal is the jumppad that ended it or, where none did, the one with
 * the shortest route left at the end. Shares are 0…1 of the decisions. A position is where the character
 * is at a decision or, as the last one, after the last decision.
 */
export interface Measures {
  readonly decisions: number
  readonly ending: Ending
  /** Number of falls into the sea, after each of which the character is put back at its start. */
  readonly swims: number
  /** Metres walked; being put back after a fall into the sea does not count. */
  readonly pathLength: number
  /** Metres of the shortest route from the start to the goal's edge. */
  readonly shortestWay: number
  /** Metres of the shortest route that were left at the end; 0 at a jumppad. */
  readonly remaining: number
  /**
   * Metres gained towards the goal per metre walked, 0…1; at a jumppad, the length of the shortest
   * route ÷ that of the path.
   */
  readonly straightness: number
  /** Metres walked that brought the goal no nearer. */
  readonly detour: number
  /** Decisions used ÷ decisions that the shortest route takes at full stick deflection. */
  readonly slowness: number
  /** Metres walked per second. */
  readonly pace: number
  /** Number of times it took off from the ground at half its walking speed or faster. */
  readonly runningJumps: number
  /** Mean over the positions of the distance from the sea in metres, at most MOST_SHORE. */
  readonly shoreDistance: number
  /** Number of decisions with attack or jump pressed. */
  readonly presses: number
  /** Number of decisions spent in an attack swing. */
  readonly swinging: number
  /** Share of decisions spent in an attack swing. */
  readonly attackShare: number
  /** Share of decisions in which an obstacle kept the character from walking as the stick asked. */
  readonly blockedShare: number
  /**
   * Number of positions on bridges and side platforms ÷ decisions, 0…1; only those after the first one on
   * another surface count, as it may start on one.
   */
  readonly sideShare: number
  /** Largest change of course after having been near a jumppad or past them, radians, 0…π. */
  readonly turnNearJumppad: number
  /** Longest turning in one direction, radians; 2π is a full circle. */
  readonly winding: number
}

/** Share of the metres that the stick asks for below which a touching obstacle is blocking. */
const BLOCKED = 0.5

/** Distance from the body within which an obstacle counts as touching, metres. */
const TOUCH = 0.02

/** Share of the walking speed from which a jump counts as one while running. */
const RUNNING = 0.5

/** Distance from the sea in metres beyond which it is not looked for, and the step in which it is. */
const MOST_SHORE = 8
const SHORE_STEP = 0.1

/** Number of directions in which the sea is looked for. */
const SHORE_DIRECTIONS = 64

/** Side in metres of the squares whose places count as equally far from the sea. */
const SHORE_CELL = 0.25

/**
 * Replays an episode and measures it. Throws an Error for an episode of another world version, and
 * a RangeError for one without decisions.
 */
export function measureEpisode(episode: Episode): Measures {
  const world = worldOf(episode)
  const { moments, gamepads, swinging, runningJumps, ending } = retell(episode)
  const decisions = gamepads.length
  const ofDecisions = (count: number) => count / decisions
  const steps = gamepads.map((_, i) => stepMetres(moments, i))
  const pathLength = steps.reduce((sum, metres) => sum + metres, 0)
  const way = wayOf(world, ending, moments)
  const gained = way.shortestWay - way.remaining
  const isBlockedAt = (gamepad: Gamepad, i: number) =>
    isBlocked(world, gamepad, moments[i + 1], steps[i] ?? 0)
  return {
    decisions,
    ending,
    swims: moments.at(-1)?.swims ?? 0,
    pathLength,
    ...way,
    straightness: pathLength === 0 ? 0 : Math.max(0, Math.min(1, gained / pathLength)),
    detour: Math.max(0, pathLength - gained),
    slowness: (decisions * DECISION_SECONDS * WALKING_SPEED) / way.shortestWay,
    pace: pathLength / (decisions * DECISION_SECONDS),
    runningJumps,
    shoreDistance:
      moments.reduce((sum, { x, z }) => sum + shoreDistance(world, x, z), 0) / moments.length,
    presses: gamepads.filter(({ jump, attack }) => jump || attack).length,
    swinging,
    attackShare: ofDecisions(swinging),
    blockedShare: ofDecisions(gamepads.filter(isBlockedAt).length),
    sideShare: ofDecisions(momentsAside(world, moments)),
    turnNearJumppad: turnNearJumppad(world, moments),
    winding: winding(moments),
  }
}

/**
 * Replays an episode and returns every moment, including the one after the last decision, with the
 * numbers of decisions spent in a swing and of jumps while running.
 */
function retell(episode: Episode) {
  const moments: TurnMoment[] = []
  let swinging = 0
  let runningJumps = 0
  let island: Island | undefined
  const note = ({ state: { x, z, swims, facing } }: Island) => moments.push({ x, z, swims, facing })
  const gamepads = Array.from(episode.actions, decodeAction)
  const { ending } = replay(episode, (played, index) => {
    note(played)
    if (played.state.attack > 0 || gamepads[index]?.attack) swinging += 1
    if (gamepads[index]?.jump && isRunning(played.state)) runningJumps += 1
    island = played
  })
  if (island !== undefined) note(island)
  return { moments, gamepads, swinging, runningJumps, ending }
}

/** Returns whether the character is on the ground and moves fast. */
function isRunning({ grounded, velocityX, velocityZ }: IslandState): boolean {
  return grounded && Math.hypot(velocityX, velocityZ) >= RUNNING * WALKING_SPEED
}

/** Known distances of a world's places, by the square of SHORE_CELL metres that they are in. */
const shoreDistancesOf = perWorld(() => new Map<string, number>())

/** Returns the distance in metres from about a place to the nearest sea, at most MOST_SHORE. */
function shoreDistance(world: World, x: number, z: number): number {
  const known = shoreDistancesOf(world)
  const [column, row] = [Math.round(x / SHORE_CELL), Math.round(z / SHORE_CELL)]
  const name = `${column} ${row}`
  let metres = known.get(name)
  if (metres === undefined) {
    metres = searchSea(world, column * SHORE_CELL, row * SHORE_CELL)
    known.set(name, metres)
  }
  return metres
}

function searchSea(world: World, x: number, z: number): number {
  for (let metres = 0; metres < MOST_SHORE; metres += SHORE_STEP) {
    for (let i = 0; i < SHORE_DIRECTIONS; i++) {
      const angle = (2 * Math.PI * i) / SHORE_DIRECTIONS
      if (world.onLand(x + metres * Math.cos(angle), z + metres * Math.sin(angle))) continue
      // The shore is somewhere within the last step.
      return Math.max(0, metres - SHORE_STEP / 2)
    }
  }
  return MOST_SHORE
}

/** Returns the metres walked in one decision; 0 if it ended in the sea. */
function stepMetres(moments: readonly TurnMoment[], index: number): number {
  const from = moments[index]
  const to = moments[index + 1]
  if (from === undefined || to?.swims !== from.swims) return 0
  return distance(from.x, from.z, to)
}

/** Returns whether an obstacle kept the character from walking as far as the stick asked for. */
function isBlocked(
  world: World,
  gamepad: Gamepad,
  after: TurnMoment | undefined,
  metres: number,
): boolean {
  if (after === undefined) return false
  const aside = stickValue(gamepad.leftX)
  const ahead = stickValue(gamepad.leftY)
  const tilt = Math.sqrt(aside * aside + ahead * ahead)
  const asked = Math.min(1, tilt) * WALKING_SPEED * DECISION_SECONDS
  const inTouch = world.obstacleAt(after.x, after.z, BODY_RADIUS + TOUCH) !== undefined
  return inTouch && metres < BLOCKED * asked
}

/** Counts the moments on a bridge or side platform after the first one on another surface. */
function momentsAside(world: World, moments: readonly TurnMoment[]): number {
  let wasOnWay = false
  let count = 0
  for (const { x, z } of moments) {
    const surface = surfaceAt(world, x, z)
    if (surface?.aside) count += wasOnWay ? 1 : 0
    else if (surface !== undefined) wasOnWay = true
  }
  return count
}

/**
 * Returns the metres of the shortest route to the goal, from the start and from the end. Throws a
 * RangeError without any moment.
 */
function wayOf(world: World, ending: Ending, moments: readonly TurnMoment[]) {
  const start = moments[0]
  const end = moments.at(-1)
  if (start === undefined || end === undefined) {
    throw new RangeError('Found an episode without a decision: expected one at least')
  }
  if (ending !== 'none') {
    return { shortestWay: wayTo(world, jumppadNamed(world, ending), start), remaining: 0 }
  }
  const ways = world.jumppads.map((jumppad) => ({
    shortestWay: wayTo(world, jumppad, start),
    remaining: wayTo(world, jumppad, end),
  }))
  return ways.reduce((best, way) => (way.remaining < best.remaining ? way : best))
}

/** Returns the metres of the shortest route from a position to a jumppad's edge. */
function wayTo(world: World, jumppad: Jumppad, { x, z }: Point): number {
  let metres: number
  try {
    metres = navigatorToJumppad(world, jumppad.name).distance(x, z)
  } catch {
    // From a few positions at the jetties' edges no waypoint is in sight; the route is almost
    // straight.
    metres = distance(x, z, jumppad)
  }
  return Math.max(0, metres - jumppad.radius)
}
