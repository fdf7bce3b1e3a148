import { expect, it } from 'vitest'
import { HOME_MAP, ISLANDS, mapProblem } from '../../island/index.ts'
import {
  editable,
  movedTogether,
  placeOf,
  removedName,
  thingName,
  thingsOf,
  withAdded,
  withDragged,
  withMoved,
  withoutThing,
} from './things.ts'

it('leaves every shipped island playable when only its parts are kept', () => {
  for (const { map } of ISLANDS) expect(mapProblem(editable(map))).toBeUndefined()
})

it('moves each thing to where it is asked to, and nothing else of its kind', () => {
  for (const thing of thingsOf(HOME_MAP)) {
    const moved = withMoved(HOME_MAP, movedTogether(HOME_MAP, thing), { x: 40.04, z: -40.16 })
    expect(placeOf(moved, thing)).toMatchObject({ x: 40, z: -40.2 })
    const others = thingsOf(HOME_MAP).filter(
      (each) => placeOf(HOME_MAP, each) !== placeOf(moved, each) && each.kind !== 'corner',
    )
    expect(others.every((each) => each.kind === thing.kind && each.index === thing.index)).toBe(
      true,
    )
  }
})

it('moves corners at the same place together, so that no gap opens', () => {
  const surfaces = ['a', 'b'].map((name, at) => ({
    name,
    material: 'ground' as const,
    corners: [
      { x: 6 * at, z: 0 },
      { x: 6 * at + 6, z: 0 },
      { x: 6 * at + 6, z: 6 },
      { x: 6 * at, z: 6 },
    ],
  }))
  const map = { ...HOME_MAP, surfaces }
  const corner = { kind: 'corner', surface: 0, index: 1 } as const
  const moved = withMoved(map, movedTogether(map, corner), { x: 7, z: -1 })
  expect(
    moved.surfaces.map(({ corners }) => corners.filter(({ x, z }) => x === 7 && z === -1)),
  ).toEqual([[{ x: 7, z: -1 }], [{ x: 7, z: -1 }]])
})

it('leaves a thing that is dragged and brought back where it was, also between two steps', () => {
  const map = { ...HOME_MAP, spawns: [{ x: 8.937, z: -11.566 }] }
  const spawn = { kind: 'spawn', index: 0 } as const
  const dragged = (x: number, z: number) => withDragged(map, spawn, [spawn], { x, z })
  expect(dragged(8.95, -11.6)).toBe(map)
  expect(placeOf(dragged(8.96, -11.7), spawn)).toEqual({ x: 9, z: -11.7 })
})

it('adds and removes one thing at a time', () => {
  for (const kind of ['obstacle', 'jumppad', 'spawn', 'ground'] as const) {
    const { map, thing } = withAdded(HOME_MAP, kind, { x: 1, z: 2 })
    expect(placeOf(map, thing)).toBeDefined()
    const added = thingsOf(map).length - thingsOf(HOME_MAP).length
    expect(added).toBe(kind === 'ground' ? 4 : 1)
    expect(thingsOf(withoutThing(map, thing))).toHaveLength(thingsOf(map).length - 1)
  }
  const { map, thing } = withAdded(HOME_MAP, 'jumppad', { x: 0, z: 0 })
  expect(thingName(map, thing)).toBe('Jumppad far left')
})

it('adds things apart from each other, so that corners of new ground do not move together', () => {
  const first = withAdded(HOME_MAP, 'ground', { x: 0, z: 0 })
  const second = withAdded(first.map, 'ground', { x: 0, z: 0 })
  expect(movedTogether(second.map, second.thing)).toEqual([second.thing])
  const [a, b] = [placeOf(second.map, first.thing), placeOf(second.map, second.thing)]
  expect(a).not.toEqual(b)
})

it('keeps things within the limits of a file', () => {
  const moved = withMoved(HOME_MAP, [{ kind: 'spawn', index: 0 }], { x: 1e6, z: -1e6 })
  expect(moved.spawns[0]).toEqual({ x: 80, z: -80 })
})

it('removes a surface with its third last corner', () => {
  let { map } = withAdded(HOME_MAP, 'ground', { x: 0, z: 0 })
  const surface = map.surfaces.length - 1
  const corner = { kind: 'corner', surface, index: 0 } as const
  expect(removedName(map, corner)).toBe('Corner 1 of ground 11')
  map = withoutThing(map, corner)
  expect(map.surfaces[surface]?.corners).toHaveLength(3)
  expect(removedName(map, corner)).toBe('Surface ground 11')
  map = withoutThing(map, corner)
  expect(map.surfaces).toHaveLength(surface)
})
