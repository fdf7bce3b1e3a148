import { expect, it } from 'vitest'
import { mapSchema } from '../../alignment/map-schema.ts'
import { HOME_MAP, type IslandMap, mapProblem, type Point } from '../../island/index.ts'
import { edgePlaceAt, withInserted } from './insertion.ts'
import { type OutlineCorner, placeOf, withMoved } from './things.ts'

/** Returns an island of one surface with these corners. */
function islandOf(...corners: readonly (readonly [x: number, z: number])[]): IslandMap {
  const points = corners.map(([x, z]) => ({ x, z }))
  const surface = { name: 'piece', material: 'ground' as const, corners: points }
  return { surfaces: [surface], obstacles: [], jumppads: [], spawns: [] }
}

const corner = (index: number, surface = 0): OutlineCorner => ({ kind: 'corner', surface, index })

function inserted(map: IslandMap, after: OutlineCorner, share?: number) {
  const found = withInserted(map, after, share)
  if ('reason' in found) throw new Error(found.reason)
  return found
}

function reason(map: IslandMap, after: OutlineCorner): string {
  const found = withInserted(map, after)
  return 'reason' in found ? found.reason : ''
}

const corners = (map: IslandMap) => map.surfaces[0]?.corners ?? []
const SQUARE = islandOf([0, 0], [6, 0], [6, 6], [0, 6])

/** Returns a regular outline with this many corners, 20 m across. */
function regular(count: number): [x: number, z: number][] {
  return Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count
    return [10 * Math.cos(angle), 10 * Math.sin(angle)]
  })
}

it('inserts a corner in the middle of the edge that follows, also of the last one', () => {
  const first = inserted(SQUARE, corner(0))
  expect(first.thing).toEqual(corner(1))
  expect(corners(first.map).map(({ x, z }) => [x, z])).toEqual([
    [0, 0],
    [3, 0],
    [6, 0],
    [6, 6],
    [0, 6],
  ])
  const last = inserted(SQUARE, corner(3))
  expect(last.thing).toEqual(corner(4))
  expect(placeOf(last.map, last.thing)).toEqual({ x: 0, z: 3 })
})

it('inserts at a share of the edge, on the grid and away from its ends', () => {
  expect(placeOf(inserted(SQUARE, corner(0), 0.26).map, corner(1))).toEqual({ x: 1.6, z: 0 })
  expect(placeOf(inserted(SQUARE, corner(0), 0).map, corner(1))).toEqual({ x: 0.2, z: 0 })
  expect(placeOf(inserted(SQUARE, corner(0), 1).map, corner(1))).toEqual({ x: 5.8, z: 0 })
})

it.each([
  ['clockwise', [0.1, 0.2], [7.4, 3.3], [1.9, 8.8]],
  ['the other way round', [1.9, 8.8], [7.4, 3.3], [0.1, 0.2]],
] as const)('puts the corner of a slanting edge outwards, not to be seen: %s', (_, a, b, c) => {
  const map = islandOf(a, b, c)
  const { x = 0, z = 0 } = placeOf(inserted(map, corner(0)).map, corner(1)) ?? {}
  const middle = { x: (a[0] + b[0]) / 2, z: (a[1] + b[1]) / 2 }
  const metres = Math.hypot(x - middle.x, z - middle.z)
  expect(metres).toBeGreaterThan(1e-6)
  expect(metres).toBeLessThan(1e-3)
  const fromOpposite = (at: Point) => Math.hypot(at.x - c[0], at.z - c[1])
  expect(fromOpposite({ x, z })).toBeGreaterThan(fromOpposite(middle))
})

it('leaves an island playable, whichever edge gets a corner', () => {
  for (const [surface, { corners: outline }] of HOME_MAP.surfaces.entries()) {
    for (const index of outline.keys()) {
      expect(mapProblem(inserted(HOME_MAP, corner(index, surface)).map)).toBeUndefined()
    }
  }
})

it('keeps outlines convex until they are full, each corner in a half of the edge before', () => {
  const pieces = [...HOME_MAP.surfaces, ...islandOf(...regular(7)).surfaces]
  for (const surface of pieces) {
    for (const start of surface.corners.keys()) {
      // The first half each time, the second, and both in turn.
      for (const steps of [[0], [1], [0, 1]]) {
        let map: IslandMap = { ...islandOf(), surfaces: [surface] }
        let index = start
        for (let i = 0; reason(map, corner(index)) === ''; i++) {
          map = inserted(map, corner(index)).map
          expect(mapProblem(map)).toBeUndefined()
          expect(mapSchema.safeParse(map).success).toBe(true)
          index += steps[i % steps.length] ?? 0
        }
        expect(reason(map, corner(index))).toMatch(/ 12 corners|shorter than/)
      }
    }
  }
})

it('inserts a corner that can be moved outwards', () => {
  const { map, thing } = inserted(SQUARE, corner(0))
  const moved = withMoved(map, [thing], { x: 3, z: -2 })
  expect(mapProblem(moved)).toBeUndefined()
})

it('inserts into an outline that is not convex yet', () => {
  const dart = islandOf([0, 0], [6, 6], [0, 3], [-6, 6])
  expect(corners(inserted(dart, corner(1)).map)).toHaveLength(5)
})

it('says why an edge or an island takes no further corner', () => {
  expect(reason(islandOf(...regular(12)), corner(0))).toBe(
    '“piece” has 12 corners, as many as a surface can have.',
  )
  const tens = (count: number): IslandMap => ({
    ...SQUARE,
    surfaces: Array.from({ length: count }, () => islandOf(...regular(10)).surfaces).flat(),
  })
  expect(reason(tens(11), corner(0))).toBe('')
  expect(reason(tens(12), corner(0))).toBe(
    'The island has 120 corners, as many as it can have: remove one first.',
  )
  expect(reason(islandOf([0, 0], [0.3, 0], [0.3, 6]), corner(0))).toMatch('shorter than 0.4 m')
  // The middle of the first edge would lie on its inner side, by rounding, and its end has no room outwards.
  const straight = islandOf([4.3, 3.9], [7.4, 9.4], [10.5, 14.9], [-15.7, 33.9])
  expect(reason(straight, corner(0))).toMatch('goes straight on at an end')
})

it('finds the nearest place on an edge, unless it or a thing is out of reach', () => {
  expect(edgePlaceAt(SQUARE, { x: 6.3, z: 1.5 }, 0.5)).toMatchObject({
    corner: corner(1),
    share: 0.25,
  })
  expect(edgePlaceAt(SQUARE, { x: 3, z: 3 }, 0.5)).toBeUndefined()
  expect(edgePlaceAt(SQUARE, { x: 5.8, z: 0.1 }, 0.5)).toBeUndefined()
  const withSpawn = { ...SQUARE, spawns: [{ x: 3, z: 0.3 }] }
  expect(edgePlaceAt(withSpawn, { x: 3, z: 0 }, 0.5)).toBeUndefined()
})
