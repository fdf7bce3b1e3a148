/**
 * Habits of scripted players: each samples a plan, a list of steps done one after another. Plans
 * ignore the length of an episode, so slow ones are truncated before the jumppad at their end.
 */
import {
  distance,
  HOME,
  isClear,
  type JumppadName,
  nearestClear,
  type Point,
  type RandomStream,
  type World,
} from '../island/index.ts'
import { type ActivityStep, look, lookAround, wait } from './activity.ts'
import { box } from './boxing.ts'
import { besideJumppad, jumppadNamed, railOf, shiftOf } from './places.ts'
import { goTo, goToJumppad } from './walking.ts'

/** Function that samples a plan. */
type Habit = (world: World, random: RandomStream) => ActivityStep[]

/** Samples a jumppad for players without a favourite; of the usual three, the middle one is the most likely. */
function anyJumppad({ outcomes }: World, random: RandomStream): JumppadName {
  const drawn = random.uniform()
  if (outcomes.length === HOME.outcomes.length && HOME.outcomes.every(isIn(outcomes))) {
    return drawn < 0.3 ? 'left' : drawn < 0.75 ? 'middle' : 'right'
  }
  return outcomes[Math.floor(drawn * outcomes.length)] ?? 'none'
}

function isIn(names: readonly JumppadName[]): (name: JumppadName) => boolean {
  return (name) => names.includes(name)
}

function either(random: RandomStream): number {
  return random.chance(0.5) ? 1 : -1
}

/** Rectangle on the first island, in metres. */
interface Area {
  readonly x: readonly [number, number]
  readonly z: readonly [number, number]
}

/** Number of points drawn from an area before another place is taken: on some islands it is at sea. */
const ATTEMPTS = 1000

/**
 * Samples a clear point in an area that lies on a part of the first island: on islands where this part
 * is elsewhere, the area is moved with it. Returns a spawn if the area has no clear point.
 */
function somewhere(world: World, random: RandomStream, part: string, { x, z }: Area): Point {
  const shift = shiftOf(world, part)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const place = { x: random.range(...x) + shift.x, z: random.range(...z) + shift.z }
    if (isClear(world, place.x, place.z)) return place
  }
  return random.pick(world.map.spawns)
}

/** Returns a place, or a spawn if there is no land near it, as on islands of another shape. */
function ashore(world: World, place: Point): Point {
  try {
    nearestClear(world, place.x, place.z)
    return place
  } catch {
    return world.map.spawns[0] ?? place
  }
}

function onHead(world: World, random: RandomStream): Point {
  return somewhere(world, random, 'head', { x: [-13, 13], z: [-30, -9] })
}

function onSidePlatform(world: World, random: RandomStream): Point {
  const side = either(random)
  const { x, z } = somewhere(world, random, 'east platform', { x: [8.6, 17], z: [-6.4, 2.4] })
  return ashore(world, { x: side * x, z })
}

/** Returns a habit of running to a jumppad, or to another one where the island lacks it. */
function runner(name: JumppadName): Habit {
  const side = name === 'left' ? -1 : name === 'right' ? 1 : 0
  return (world, random) => {
    const goal = world.outcomes.includes(name) ? name : anyJumppad(world, random)
    if (!random.chance(0.35)) return [goToJumppad(goal)]
    // Some take their own line, around an obstacle or along the edge.
    const lane = { x: [4 * side - 6, 4 * side + 6], z: [-23, -10] } as const
    return [goTo(somewhere(world, random, 'head', lane), { reach: 2.5 }), goToJumppad(goal)]
  }
}

/** Samples a point next to or beyond a jumppad, or one on the shore between two jumppads. */
function pastJumppad(world: World, name: JumppadName, random: RandomStream): Point {
  if (random.chance(0.5)) {
    return besideJumppad(jumppadNamed(world, name), random.range(0, 1.3), either(random) * 2.25)
  }
  const side = name === 'left' ? -1 : name === 'right' ? 1 : either(random)
  const shift = shiftOf(world, 'head').x
  const { x, z } = somewhere(world, random, 'head', { x: [3.6, 8.5], z: [-30.4, -27] })
  return ashore(world, { x: shift + side * (x - shift), z })
}

/** Runs past a jumppad, notices, turns around and comes back. */
const turner: Habit = (world, random) => {
  const name = anyJumppad(world, random)
  const steps = [goTo(pastJumppad(world, name, random)), wait(random.range(0, 4))]
  if (random.chance(0.3)) steps.push(...lookAround(random))
  steps.push(goToJumppad(name))
  return steps
}

/** Sets out for a jumppad, usually turns back on the way, then goes there after all. */
const doubter: Habit = (world, random) => {
  const goal = anyJumppad(world, random)
  const reached = somewhere(world, random, 'head', { x: [-6, 6], z: [-24, -5] })
  const steps = [goTo(reached), wait(random.range(0, 3))]
  if (random.chance(0.7)) {
    const back = Math.min(-1, reached.z + random.range(1.5, 7))
    const place = { x: reached.x * random.range(0.2, 0.9), z: back }
    steps.push(goTo(ashore(world, place)))
    if (random.chance(0.4)) steps.push(wait(random.range(1, 6)))
  }
  steps.push(goToJumppad(goal))
  return steps
}

/** Crosses a bridge to a side platform, looks around and comes back. */
const detourist: Habit = (world, random) => {
  const near = { x: either(random) * random.range(5.5, 10), z: random.range(-4.6, -3.6) }
  const steps = [
    goTo(random.chance(0.65) ? ashore(world, near) : onSidePlatform(world, random), {
      reach: 1.5,
    }),
  ]
  if (random.chance(0.25)) steps.push(...lookAround(random))
  if (random.chance(0.15)) steps.push(goTo(onSidePlatform(world, random)))
  steps.push(goToJumppad(anyJumppad(world, random)))
  return steps
}

/** Wanders from place to place and looks around. */
const explorer: Habit = (world, random) => {
  const steps: ActivityStep[] = []
  const sights = 1 + random.below(3)
  for (let i = 0; i < sights; i++) {
    const place = random.chance(0.8) ? onHead(world, random) : onSidePlatform(world, random)
    steps.push(goTo(place, { pace: random.chance(0.3) ? 0.6 : 1 }))
    if (random.chance(0.4)) steps.push(...lookAround(random))
  }
  if (random.chance(0.7)) steps.push(goToJumppad(anyJumppad(world, random)))
  else for (let i = 0; i < 8; i++) steps.push(goTo(onHead(world, random)), ...lookAround(random))
  return steps
}

const SPAWN_AREA: Area = { x: [-4, 4], z: [0, 7] }

/** Stands around, looks about, and sets out late, if at all. */
const idler: Habit = (world, random) => {
  const steps: ActivityStep[] = [wait(random.range(5, 22))]
  const spells = random.below(3)
  for (let i = 0; i < spells; i++) {
    if (random.chance(0.7)) steps.push(...lookAround(random))
    if (random.chance(0.4))
      steps.push(goTo(somewhere(world, random, 'spawn platform', SPAWN_AREA), { pace: 0.7 }))
    steps.push(wait(random.range(3, 15)))
  }
  if (random.chance(0.7)) steps.push(goToJumppad(anyJumppad(world, random)))
  else steps.push(look(either(random) * 3), wait(100))
  return steps
}

/** Boxes the air, then perhaps goes to a jumppad. */
const boxer: Habit = (world, random) => {
  const ring = random.pick([
    () => somewhere(world, random, 'spawn platform', { x: [-4, 4], z: [-0.5, 5] }),
    () => somewhere(world, random, 'neck', { x: [-2, 2], z: [-8, -2] }),
    () => onHead(world, random),
    () => onHead(world, random),
  ])
  const swingEvery = random.chance(0.3) ? 3 + random.below(5) : undefined
  const gait = swingEvery === undefined ? {} : { swingEvery }
  const steps = [goTo(ring(), gait), box(random.range(8, 40))]
  if (random.chance(0.65)) steps.push(goToJumppad(anyJumppad(world, random), gait))
  else steps.push(box(100))
  return steps
}

/** Returns `count` corners of a rail from the nearest to `from`, in direction `turn` (±1). */
function along(rail: readonly Point[], from: Point, turn: number, count: number): Point[] {
  const away = rail.map((corner) => distance(from.x, from.z, corner))
  const start = away.indexOf(Math.min(...away))
  const order = Array.from(
    { length: count },
    (_, i) => (start + turn * i + count * rail.length) % rail.length,
  )
  return order.flatMap((index) => rail[index] ?? [])
}

/** Returns a path along one side of the neck, then around the head, starting outwards. */
function outline(world: World, side: number, inset: number, corners: number): Point[] {
  const neck = railOf(world, 'neck', inset).filter(({ x }) => x * side > 0)
  neck.sort((a, b) => b.z - a.z)
  const head = railOf(world, 'head', inset)
  const foot = { x: 7 * side, z: -7 }
  const oneWay = along(head, foot, 1, corners)
  const [, second] = oneWay
  const leadsOut = second !== undefined && second.x * side > foot.x * side
  return [...neck, ...(leadsOut ? oneWay : along(head, foot, -1, corners))]
}

/** Walks along the edge of the land. */
const edgeWalker: Habit = (world, random) => {
  const inset = random.range(0.5, 0.9)
  const side = either(random)
  const corners: Point[] = []
  if (random.chance(0.4)) {
    const sidePlatform = side > 0 ? 'east platform' : 'west platform'
    const rail = railOf(world, random.chance(0.6) ? 'spawn platform' : sidePlatform, inset)
    corners.push(...along(rail, random.pick(world.map.spawns), either(random), 2 + random.below(3)))
  }
  corners.push(...outline(world, side, inset, 2 + random.below(5)))
  const steps = corners.map((corner) => goTo(corner))
  const nearest = side > 0 ? 'right' : 'left'
  const isNear = random.chance(0.6) && world.outcomes.includes(nearest)
  return [...steps, goToJumppad(isNear ? nearest : anyJumppad(world, random))]
}

/** Hops all the way to a jumppad. */
const hopper: Habit = (world, random) => {
  return [goToJumppad(anyJumppad(world, random), { hopEvery: 8 + random.below(10) })]
}

/** All habits by name. Their shares are defined by the population. */
export const HABITS = {
  'left runner': runner('left'),
  'middle runner': runner('middle'),
  'right runner': runner('right'),
  turner,
  doubter,
  detourist,
  explorer,
  idler,
  boxer,
  'edge walker': edgeWalker,
  hopper,
} as const satisfies Record<string, Habit>

export type HabitName = keyof typeof HABITS
