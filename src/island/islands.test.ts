import { expect, it, onTestFinished, vi } from 'vitest'
import { isWayClear } from './clearance.ts'
import { RandomStream, rootKey } from './key.ts'
import type { IslandMap, Jumppad } from './map.ts'
import { mapProblem } from './map-problem.ts'
import { HOME_MAP, HOME_OUTCOMES } from './maps/home.ts'
import { fartherMap, mirroredMap, ISLANDS as SHIPPED } from './maps/islands.ts'
import { advance, isOver } from './motion.ts'
import { Navigator, routeTo } from './navigation.ts'
import { startState } from './state.ts'
import { walkTo } from './walker.ts'
import { mapDigest, worldOf } from './world.ts'

const ISLANDS = SHIPPED.map(({ id, map }) => [id, map] as const)

it.each(ISLANDS)('finds nothing wrong with the island “%s”', (_, island) => {
  expect(mapProblem(island)).toBeUndefined()
})

it.each(ISLANDS)('leads a walker from every spawn to every jumppad of “%s”', (_, island) => {
  const world = worldOf({ island })
  for (const jumppad of world.jumppads) {
    for (const [i, { x, z }] of island.spawns.entries()) {
      const state = { ...startState({ start: 'spawn', seed: i, island }), x, z }
      while (!isOver(state)) advance(world, state, walkTo(world, state, jumppad))
      expect(`${state.outcome} after ${state.swims} swims`).toBe(`${jumppad.name} after 0 swims`)
    }
  }
})

it('keeps the shipped islands, whose names in addresses replay what was played on them', () => {
  expect(Object.fromEntries(ISLANDS.map(([id, map]) => [id, mapDigest(map)]))).toEqual({
    home: '409bb957bcba5648',
    farther: '577a64496e9505fa',
    fourth: '76f6b6bc8804e0a5',
    'no-east': '2c9cb6db3efcdbe3',
    'no-left': 'daa115c3a7b75d02',
    'bent-east': 'ed8cb5836d7a0707',
    'bent-west': 'f6b557a6a0478d63',
    'moved-obstacles': 'dacc5ca5594a61ee',
    longer: 'b53268badc817cfe',
  })
})

it('mirrors an island, so that mirrored twice it is the same', () => {
  const bent = SHIPPED.find(({ id }) => id === 'bent-east')?.map
  if (bent === undefined) throw new Error('Expected an island that is not symmetric')
  const twice = mirroredMap(mirroredMap(bent))
  for (const part of ['surfaces', 'obstacles', 'jumppads', 'spawns'] as const) {
    expect(twice[part]).toEqual(bent[part])
  }
  expect(mirroredMap(bent).jumppads.map(({ name }) => name)).toEqual(['left', 'middle', 'right'])
})

it('finds ways around the corners of an island that names no bends', () => {
  const { surfaces, obstacles, jumppads, spawns } = HOME_MAP
  const bare = worldOf({ island: { surfaces, obstacles, jumppads, spawns } })
  const home = worldOf({ island: HOME_MAP })
  const random = new RandomStream(rootKey(4))
  const length = (world: typeof home, from: { x: number; z: number }, to: typeof from) => {
    const places = [from, ...routeTo(world, from, to)]
    return places.slice(1).reduce((sum, b, i) => {
      const a = places[i] ?? b
      expect(isWayClear(world, a.x, a.z, b.x, b.z)).toBe(true)
      return sum + Math.hypot(b.x - a.x, b.z - a.z)
    }, 0)
  }
  for (let n = 0; n < 40; n++) {
    const from = random.pick([
      { x: random.range(-4, 4), z: random.range(0, 7) },
      { x: random.range(9, 17), z: random.range(-6, 2) },
    ])
    const to = { x: random.range(-12, 12), z: -random.range(17.5, 20.5) }
    // The home island's own bends, chosen by hand and frozen, make some ways longer.
    expect(length(bare, from, to) / length(home, from, to)).toBeLessThan(1.02)
  }
})

function changed(change: Partial<IslandMap>): string | undefined {
  const { surfaces, obstacles, jumppads, spawns } = HOME_MAP
  return mapProblem({ surfaces, obstacles, jumppads, spawns, ...change })
}

const [LEFT, MIDDLE] = HOME_MAP.jumppads
if (!LEFT || !MIDDLE) throw new Error('Expected the home island to have jumppads')

const square = (name: string, x: number, z: number, order = [0, 1, 2, 3]) => {
  const corners = [
    { x, z },
    { x: x + 6, z },
    { x: x + 6, z: z + 6 },
    { x, z: z + 6 },
  ]
  return { name, material: 'ground', corners: order.flatMap((i) => corners[i] ?? []) } as const
}

const AREA = { minX: -2, maxX: 2, minZ: 0, maxZ: 6 }

const strip = (name: string, minX: number, maxX: number, minZ: number, maxZ: number) => {
  const corners = [
    { x: minX, z: minZ },
    { x: maxX, z: minZ },
    { x: maxX, z: maxZ },
    { x: minX, z: maxZ },
  ]
  return { name, material: 'ground', corners } as const
}

/** Strips that cross in 100 places, with sea between them. */
const LATTICE = Array.from({ length: 10 }, (_, i) => {
  const from = 30 + 3 * i
  return [
    strip(`along ${i}`, from, from + 1.5, 30, 60),
    strip(`across ${i}`, 30, 60, from, from + 1.5),
  ]
}).flat()

it('accepts a jumppad on the shortest way to another that can be passed', () => {
  const near = { ...MIDDLE, name: 'near', x: 1, z: MIDDLE.z + 6 }
  expect(changed({ jumppads: [MIDDLE, near] })).toBeUndefined()
})

it('finds paths around other jumppads from all spawns at once, and only where one is in the way', () => {
  const route = vi.spyOn(Navigator.prototype, 'route')
  onTestFinished(() => route.mockRestore())
  const near = { ...MIDDLE, name: 'near', x: 0, z: MIDDLE.z + 6 }
  const blocked = HOME_MAP.spawns.map(({ z }) => ({ x: 0, z }))
  expect(changed({ jumppads: [MIDDLE, near], spawns: blocked })).toBeUndefined()
  // Navigators to each jumppad, and to the farther one around the near one.
  expect(new Set(route.mock.contexts).size).toBe(3)
})

it('counts the points where paths bend around obstacles and jumppads, too', () => {
  // In the sea: 172 points at corners and 16 around jumppads are on the land.
  const standing = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ x: -70 + 4 * i, z: 60, radius: 1, height: 2 }))
  expect(changed({ obstacles: standing(24) })).toBeUndefined()
  expect(changed({ obstacles: standing(40) })).toContain('for pathfinding: found 508 points')
})

it.each<[string, Partial<IslandMap>]>([
  ['is in the sea: move it onto the land', { spawns: [{ x: 20, z: 0 }] }],
  ['is too close to the sea or to an obstacle', { spawns: [{ x: 4.9, z: 4 }] }],
  ['is on the jumppad “middle”', { spawns: [{ x: 0, z: -32 }] }],
  ['The outline of “bow” crosses itself', { surfaces: [square('bow', 0, 0, [0, 2, 1, 3])] }],
  [
    // It turns one way at every corner, twice around.
    'The outline of “twist” crosses itself',
    {
      surfaces: [
        ...HOME_MAP.surfaces,
        {
          ...square('twist', 0, 0),
          corners: [
            { x: 2, z: -10 },
            { x: -7, z: 2 },
            { x: 3, z: -5 },
            { x: 3, z: -6 },
            { x: -3, z: -3 },
            { x: 7, z: -1 },
          ],
        },
      ],
    },
  ],
  [
    'The outline of “dart” is not convex',
    {
      surfaces: [
        {
          ...square('dart', 0, 0),
          corners: [
            { x: 0, z: 0 },
            { x: 6, z: 6 },
            { x: 0, z: 3 },
            { x: -6, z: 6 },
          ],
        },
      ],
    },
  ],
  ['covers 0.0 m²', { surfaces: [square('line', 0, 0, [0, 1, 0])] }],
  [
    'No path leads from the spawn',
    { surfaces: HOME_MAP.surfaces.filter(({ name }) => name !== 'neck') },
  ],
  ['is in the sea', { jumppads: [{ ...LEFT, x: -25 }] }],
  ['There are two jumppads “left”', { jumppads: [LEFT, { ...MIDDLE, name: 'left' }] }],
  ['overlap: move them apart', { jumppads: [LEFT, { ...LEFT, name: 'other', x: LEFT.x + 1 }] }],
  ['overlaps an obstacle', { obstacles: [{ x: 0, z: -31, radius: 1, height: 2 }] }],
  [
    'closer than a character is wide',
    {
      obstacles: [
        { x: 0, z: -15, radius: 1, height: 2 },
        { x: 2.5, z: -15, radius: 1, height: 2 },
      ],
    },
  ],
  ['widen them, or leave them out', { bounds: { minX: -18, maxX: 21, minZ: -37, maxZ: 11 } }],
  ['not whole metres', { bounds: { minX: -21.5, maxX: 21, minZ: -37, maxZ: 11 } }],
  [
    'an episode ends after at most 58 m',
    {
      surfaces: [
        square('start', -3, 0),
        {
          ...square('way', 0, 0),
          corners: square('way', -3, -70).corners.map(({ x, z }) => ({ x, z: z > -68 ? 1 : z })),
        },
      ],
      spawns: [{ x: 0, z: 3 }],
      obstacles: [],
      jumppads: [{ ...MIDDLE, z: -66 }],
    },
  ],
  [
    'is too close to the sea or to an obstacle to walk onto it',
    {
      // A pier that is too narrow to walk on.
      surfaces: [...HOME_MAP.surfaces, strip('pier', -0.3, 0.3, 8, 14)],
      jumppads: [{ ...LEFT, x: 0, z: 13 }],
    },
  ],
  ['has a radius of 1 m', { jumppads: [{ ...LEFT, radius: 1 }] }],
  ['has a radius of 2.5 m', { jumppads: [{ ...LEFT, radius: 2.5 }] }],
  [
    'leads over another, such as “gate”',
    {
      surfaces: [
        square('start', -3, 0),
        {
          ...square('pier', 0, 0),
          corners: square('pier', -1, -20).corners.map(({ x, z }) => ({
            x: Math.min(x, 1),
            z: z > -18 ? 1 : z,
          })),
        },
      ],
      spawns: [{ x: 0, z: 3 }],
      obstacles: [],
      jumppads: [
        { ...MIDDLE, z: -17 },
        { ...MIDDLE, name: 'gate', z: -10 },
      ],
    },
  ],
  [
    'is free: expected at least 5 %',
    {
      recovery: {
        'facing-backwards': [AREA, AREA],
        'side-platform': AREA,
        // On land in the east, but not its mirror image.
        'past-jumppads': { minX: -17, maxX: -15, minZ: -2, maxZ: 2 },
      },
      surfaces: HOME_MAP.surfaces.filter(({ corners }) => !corners.some(({ x }) => x > 9)),
    },
  ],
  [
    'too many corners, crossings and obstacles for pathfinding',
    { surfaces: [...HOME_MAP.surfaces, ...LATTICE] },
  ],
])('refuses an island: %s', (reason, change) => {
  expect(changed(change)).toContain(reason)
})

it('can be the first one with any of its jumppads farther out', () => {
  for (const name of HOME_OUTCOMES) {
    const map = fartherMap(name)
    expect(mapProblem(map)).toBeUndefined()
    const distance = (each: Jumppad) => {
      const before = HOME_MAP.jumppads.find((other) => other.name === each.name)
      return Math.hypot(each.x - (before?.x ?? 0), each.z - (before?.z ?? 0))
    }
    expect(map.jumppads.map((each) => [each.name, Math.round(distance(each))])).toEqual(
      HOME_OUTCOMES.map((each) => [each, each === name ? 4 : 0]),
    )
  }
})
