/** Shipped islands: the first one, and others made from it, each of which tells two explanations apart. */
import type { IslandMap, Jumppad, Point, Surface } from '../map.ts'
import { HOME_MAP, type HomeOutcome } from './home.ts'

/** Everything about the first island that another one takes over unless it says otherwise. */
const { surfaces: SURFACES, obstacles, jumppads: JUMPPADS, spawns } = HOME_MAP

const named = (name: string) => SURFACES.filter((surface) => surface.name === name)
const without = (...names: readonly string[]) =>
  SURFACES.filter(({ name }) => !names.includes(name))

function jumppad(name: string): Jumppad {
  const found = JUMPPADS.find((each) => each.name === name)
  if (found === undefined) throw new RangeError(`The first island has no jumppad “${name}”`)
  return found
}

/** Returns a piece of ground with these corners. */
function ground(name: string, ...corners: readonly (readonly [x: number, z: number])[]): Surface {
  return { name, material: 'ground', corners: corners.map(([x, z]) => ({ x, z })) }
}

function shifted<T extends Point>(place: T, x: number, z: number): T {
  return { ...place, x: place.x + x, z: place.z + z }
}

function shiftedSurface(surface: Surface, x: number, z: number): Surface {
  return { ...surface, corners: surface.corners.map((corner) => shifted(corner, x, z)) }
}

/** Returns the mirror image of an island under x → −x, with left and right exchanged in names. */
export function mirroredMap(map: IslandMap): IslandMap {
  const flip = <T extends Point>(place: T): T => ({ ...place, x: 0 - place.x })
  const other = (name: string) =>
    name.replace(/left|right/, (side) => (side === 'left' ? 'right' : 'left'))
  return {
    surfaces: map.surfaces.map((surface) => ({ ...surface, corners: surface.corners.map(flip) })),
    obstacles: map.obstacles.map(flip),
    jumppads: map.jumppads
      .map((each) => ({ ...flip(each), name: other(each.name), yaw: 0 - each.yaw }))
      .toReversed(),
    spawns: map.spawns.map(flip),
  }
}

/** The part of the first island north of its neck, moved. */
function headMoved(
  x: number,
  z: number,
): Pick<IslandMap, 'obstacles' | 'jumppads'> & {
  readonly head: readonly Surface[]
} {
  const head = ['head', 'middle jetty', 'east jetty', 'west jetty'].flatMap(named)
  return {
    head: head.map((surface) => shiftedSurface(surface, x, z)),
    obstacles: obstacles.map((each) => shifted(each, x, z)),
    jumppads: JUMPPADS.map((each) => shifted(each, x, z)),
  }
}

const FOOT = ['spawn platform', 'east platform', 'west platform', 'east bridge', 'west bridge']

/** Metres by which the neck of “bent” moves the head to the east, and that of “longer” to the north. */
const BENT = 8
const LONGER = 8

function bentMap(): IslandMap {
  const { head, ...moved } = headMoved(BENT, 0)
  const neck = ground('neck', [-3.5, -1], [3.5, -1], [BENT + 3.5, -8.5], [BENT - 3.5, -8.5])
  // The platform in the east would touch the bent neck; the bridge in the west has farther to go.
  const bridge: Surface = {
    ...ground('west bridge', [-8, -5.6], [1.4, -5.6], [-1.8, -2.6], [-8, -2.6]),
    material: 'bridge',
    aside: true,
  }
  const foot = ['spawn platform', 'west platform'].flatMap(named)
  return { surfaces: [...foot, bridge, neck, ...head], spawns, ...moved }
}

function longerMap(): IslandMap {
  const { head, ...moved } = headMoved(0, -LONGER)
  const neck = ground('neck', [-3.5, -8 - LONGER], [3.5, -8 - LONGER], [3.5, -1], [-3.5, -1])
  return { surfaces: [...FOOT.flatMap(named), neck, ...head], spawns, ...moved }
}

/** Direction of the left jetty, off the left shoulder. */
const LEFT = { x: -0.8, z: -0.6 }

/** Returns a jetty off the left shoulder, 6 m wide, and as many metres long. */
function leftJetty(length: number): Surface {
  const [root, tip] = [0.3, 0.7].map((part) => ({ x: -15 + 9 * part, z: -19 - 12 * part }))
  const from = root ?? { x: 0, z: 0 }
  const to = tip ?? from
  return ground(
    'west jetty',
    [from.x, from.z],
    [from.x + LEFT.x * length, from.z + LEFT.z * length],
    [to.x + LEFT.x * length, to.z + LEFT.z * length],
    [to.x, to.z],
  )
}

const FARTHER = 4

/** Returns the first island with one of its jumppads 4 m farther out, on a longer jetty. */
export function fartherMap(name: HomeOutcome): IslandMap {
  if (name === 'right') return mirroredMap(fartherMap('left'))
  const isLeft = name === 'left'
  const [x, z] = isLeft ? [LEFT.x * FARTHER, LEFT.z * FARTHER] : [0, -FARTHER]
  const rest = without(isLeft ? 'west jetty' : 'middle jetty')
  const jetty = isLeft
    ? leftJetty(7.5 + FARTHER)
    : ground('middle jetty', [-3, -34 - FARTHER], [3, -34 - FARTHER], [3, -31], [-3, -31])
  return {
    surfaces: [...rest, jetty],
    obstacles,
    spawns,
    jumppads: JUMPPADS.map((each) => (each.name === name ? shifted(each, x, z) : each)),
  }
}

/** Island that is shipped, with what it is for. */
export interface ShippedIsland {
  /** Name in addresses, files and commands. */
  readonly id: string
  readonly title: string
  /** What is different, and which explanations of what an agent learnt it tells apart. */
  readonly about: string
  readonly map: IslandMap
}

/** Shipped islands, the first one first. */
export const ISLANDS: readonly ShippedIsland[] = [
  {
    id: 'home',
    title: 'The first island',
    about: 'All shipped agents were trained here, and nowhere else. It is its own mirror image.',
    map: HOME_MAP,
  },
  {
    id: 'farther',
    title: 'Left one farther out',
    about:
      'The left jumppad is 4 m farther out on a longer jetty: does an agent go to the jumppad, or as far as it is used to?',
    map: fartherMap('left'),
  },
  {
    id: 'fourth',
    title: 'A fourth jumppad',
    about:
      'Another jumppad lies outside the left one: is “left” a place, or the leftmost jumppad in sight?',
    map: {
      surfaces: [
        ...SURFACES,
        ground('far jetty', [-14.2, -18], [-21, -16.5], [-21, -21.5], [-14.2, -20]),
      ],
      obstacles,
      spawns,
      jumppads: [
        { ...jumppad('left'), name: 'far left', x: -19.2, z: -19, yaw: 1.5707963267948966 },
        ...JUMPPADS,
      ],
    },
  },
  {
    id: 'no-left',
    title: 'Without the left one',
    about:
      'The left jumppad is missing, its jetty is not: does an agent look for another jumppad, or go the way that goes left?',
    map: {
      surfaces: SURFACES,
      obstacles,
      spawns,
      jumppads: JUMPPADS.filter(({ name }) => name !== 'left'),
    },
  },
  {
    id: 'bent-east',
    title: 'Neck bent to the east',
    about:
      'The neck leads 8 m to the east, and everything behind it lies there: does an agent see where the jumppads are, or repeat its turns?',
    map: bentMap(),
  },
  {
    id: 'bent-west',
    title: 'Neck bent to the west',
    about:
      'The mirror image of the island before: does what was learnt depend on the side that the neck leads to?',
    map: mirroredMap(bentMap()),
  },
  {
    id: 'no-east',
    title: 'Without the east platform',
    about:
      'The platform in the east and its bridge are missing, as where the neck bends to the east: do agents get lost there because these landmarks are missing, or because of the bend?',
    map: {
      surfaces: without('east platform', 'east bridge'),
      obstacles,
      spawns,
      jumppads: JUMPPADS,
    },
  },
  {
    id: 'moved-obstacles',
    title: 'Obstacles elsewhere',
    about:
      'The four obstacles stand elsewhere, one of them right ahead: does an agent steer by the jumppads, or by the obstacles?',
    map: {
      surfaces: SURFACES,
      spawns,
      jumppads: JUMPPADS,
      obstacles: [
        { x: 0, z: -13, radius: 1.3, height: 2.6 },
        { x: -8, z: -19, radius: 1.3, height: 2.6 },
        { x: 8, z: -19, radius: 1.3, height: 2.6 },
        { x: 0, z: -25, radius: 1.3, height: 2.6 },
      ],
    },
  },
  {
    id: 'longer',
    title: 'A longer neck',
    about:
      'Everything behind the neck lies 8 m farther north: does an agent turn off where it sees the jumppads, or when it is used to?',
    map: longerMap(),
  },
]

/** Ids of the islands that agents are trained on where they are trained on several. */
const TRAINING_IDS = ['home', 'farther', 'moved-obstacles', 'longer', 'bent-east']

/**
 * Islands that agents are trained on where they are trained on several: the first one, and one for each
 * way in which islands differ but for which jumppads there are. The others are left for tests of what
 * carries over.
 */
export const TRAINING_ISLANDS: readonly ShippedIsland[] = ISLANDS.filter(({ id }) =>
  TRAINING_IDS.includes(id),
)

/** Choices of the islands that agents are trained on: the first one, or TRAINING_ISLANDS in turn. */
export const TRAINED_ON = ['first', 'several'] as const
export type TrainedOn = (typeof TRAINED_ON)[number]

/** Returns the map of the training episode at an index; undefined for the first island. */
export function trainingMap(trainedOn: TrainedOn, index: number): IslandMap | undefined {
  if (trainedOn === 'first') return undefined
  const map = TRAINING_ISLANDS[index % TRAINING_ISLANDS.length]?.map
  return map === HOME_MAP ? undefined : map
}

/** Returns a shipped island by its id; undefined if there is none. */
export function islandNamed(id: string): ShippedIsland | undefined {
  return ISLANDS.find((island) => island.id === id)
}
