/** State of the character during an episode, and the poses in which an episode can start. */
import { PI, wrapAngle } from './exact.ts'
import { RandomStream, rootKey, splitKey } from './key.ts'
import type { IslandMap, JumppadName, RecoveryAreas, Rectangle } from './map.ts'
import { type World, worldOf } from './world.ts'

export const START_KINDS = ['spawn', 'facing-backwards', 'side-platform', 'past-jumppads'] as const

/**
 * Kind of start of an episode: at one of the spawns, facing roughly north; on the usual routes
 * but looking back south; on the near half of a side platform, facing roughly inland; or at the
 * head's far edge, looking out to sea. The last three are rare in normal play and test recovery.
 */
export type StartKind = (typeof START_KINDS)[number]

/** Jumppad that ended an episode. */
export type Outcome = JumppadName

/** Result of an episode: the jumppad that terminated it, or 'none' if it was truncated. */
export type Ending = Outcome

/**
 * Everything that changes during an episode, updated in place by `advance`. Units are metres,
 * metres per second, radians and seconds. Yaw 0 looks north and grows to the left; pitch 0 is level
 * and grows upwards.
 */
export interface IslandState {
  /** Number of decisions taken since the start. */
  decision: number
  x: number
  /** Height of the feet; 0 on the ground. */
  y: number
  z: number
  velocityX: number
  velocityY: number
  velocityZ: number
  /** Yaw of the character's body. */
  facing: number
  /** Yaw and pitch of the camera's view; the camera follows behind the character. */
  cameraYaw: number
  cameraPitch: number
  grounded: boolean
  /** Seconds left of the attack swing; 0 when there is none. */
  attack: number
  /** Number of times the character fell into the sea and was returned to where its episode started. */
  swims: number
  /**
   * Pose to which a fall into the sea returns the character: that of the start of the episode. If
   * it were always one of the spawns, falling would be the quickest way back from every other start.
   */
  spawnX: number
  spawnZ: number
  spawnYaw: number
  outcome: Outcome | undefined
}

/** Camera pitch at the start of an episode and after a fall into the sea: slightly downwards. */
export const REST_PITCH = -0.2

/**
 * Maximum deviation of a spawn's yaw from north, in radians: large enough that running straight
 * ahead without looking ends in the sea, so that reaching a jumppad takes looking.
 */
const SPAWN_JITTER = 0.6

/** Minimum distance of a start from the edge of the land and from obstacles, in metres. */
const START_CLEARANCE = 0.7

interface Pose {
  readonly x: number
  readonly z: number
  readonly yaw: number
}

/** How an episode begins: everything about it but the actions. */
export interface Beginning {
  readonly start: StartKind
  readonly seed: number
  /** Island on which it is played; HOME_MAP if omitted. */
  readonly island?: IslandMap | undefined
}

/** Returns the initial state of an episode. */
export function startState(beginning: Beginning): IslandState {
  const { start, seed } = beginning
  const key = splitKey(rootKey(seed), 'start')
  const pose = POSES[start](worldOf(beginning), new RandomStream(splitKey(key, start)))
  return {
    decision: 0,
    x: pose.x,
    y: 0,
    z: pose.z,
    velocityX: 0,
    velocityY: 0,
    velocityZ: 0,
    facing: pose.yaw,
    cameraYaw: pose.yaw,
    cameraPitch: REST_PITCH,
    grounded: true,
    attack: 0,
    swims: 0,
    spawnX: pose.x,
    spawnZ: pose.z,
    spawnYaw: pose.yaw,
    outcome: undefined,
  }
}

const POSES: Record<StartKind, (world: World, random: RandomStream) => Pose> = {
  spawn: ({ map }, random) => {
    const { x, z } = random.pick(map.spawns)
    return { x, z, yaw: random.range(-SPAWN_JITTER, SPAWN_JITTER) }
  },
  'facing-backwards': (world, random) => {
    const [narrow, wide] = recoveryOf(world)['facing-backwards']
    return {
      ...freePlace(world, random, random.chance(0.3) ? narrow : wide),
      yaw: wrapAngle(PI + random.range(-0.4, 0.4)),
    }
  },
  'side-platform': (world, random) => {
    const side = random.pick([-1, 1])
    const { x, z } = freePlace(world, random, recoveryOf(world)['side-platform'])
    return { x: side * x, z, yaw: side * (PI / 2 + random.range(-1.2, 1.2)) }
  },
  'past-jumppads': (world, random) => {
    const side = random.pick([-1, 1])
    const { x, z } = freePlace(world, random, recoveryOf(world)['past-jumppads'])
    return { x: side * x, z, yaw: -side * random.range(0, 0.8) }
  },
}

/** Returns the areas of a world's other starts. Throws a RangeError if its map has none. */
function recoveryOf({ map: { recovery } }: World): RecoveryAreas {
  if (recovery !== undefined) return recovery
  throw new RangeError('This island has no areas for other starts: start episodes at its spawns')
}

/** Returns the kinds of start that an island has. */
export function startKindsOf({ recovery }: IslandMap): readonly StartKind[] {
  return recovery === undefined ? ['spawn'] : START_KINDS
}

/** Maximum number of places that are drawn until one is free; `mapProblem` ensures that a few suffice. */
const MOST_DRAWS = 10_000

/**
 * Draws a point in the rectangle that is on land, clear of obstacles and not on a jumppad. Throws a
 * RangeError if there seems to be none.
 */
function freePlace(world: World, random: RandomStream, { minX, maxX, minZ, maxZ }: Rectangle) {
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    const x = random.range(minX, maxX)
    const z = random.range(minZ, maxZ)
    if (isFree(world, x, z)) return { x, z }
  }
  throw new RangeError('There is no free place in an area for other starts: start at the spawns')
}

/** Returns whether an episode can start at (x, z): on land, clear of obstacles and not on a jumppad. */
export function isFree(world: World, x: number, z: number): boolean {
  const c = START_CLEARANCE
  return (
    world.onLand(x - c, z - c) &&
    world.onLand(x + c, z - c) &&
    world.onLand(x - c, z + c) &&
    world.onLand(x + c, z + c) &&
    world.jumppadAt(x, z) === undefined &&
    world.obstacleAt(x, z, c) === undefined
  )
}

/** Returns an independent copy of a state. */
export function copyState(state: IslandState): IslandState {
  return { ...state }
}

const MIRRORED_OUTCOMES: Readonly<Record<Outcome, Outcome>> = { left: 'right', right: 'left' }

/** Returns the mirror image (x → −x) of a state, as a new object. */
export function mirrorState(state: IslandState): IslandState {
  return {
    ...state,
    x: -state.x,
    velocityX: -state.velocityX,
    facing: -state.facing,
    cameraYaw: -state.cameraYaw,
    spawnX: -state.spawnX,
    spawnYaw: -state.spawnYaw,
    outcome: state.outcome && (MIRRORED_OUTCOMES[state.outcome] ?? state.outcome),
  }
}
