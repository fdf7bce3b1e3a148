import { expect, it } from 'vitest'
import { HOME_MAP, ISLANDS } from '../../island/index.ts'
import { addressOf, carriedMap, islandOf, islandOptions } from './island-choice.ts'

const own = { title: 'Mine', about: 'Nothing.', map: { ...HOME_MAP, obstacles: [] } }

it('reads a shipped island by its id', () => {
  for (const { id, title, map } of ISLANDS) {
    expect(islandOf(id)).toMatchObject({ title, value: id, isShipped: true })
    // Episodes on the first island carry none, as those from before there were others.
    expect(carriedMap(id)).toBe(id === 'home' ? undefined : map)
  }
})

it('reads an island of one’s own, which is then offered beside the shipped ones', () => {
  const value = addressOf(own)
  const chosen = islandOf(value)
  expect(chosen).toMatchObject({ title: 'Mine', value, isShipped: false })
  expect(chosen.map).toEqual(own.map)
  expect(islandOptions(chosen).at(-1)).toEqual({ value, label: 'Mine (your own)' })
  // The same object, so that its world is built once.
  expect(islandOf(value)).toBe(chosen)
})

it.each([
  ['no-such', 'There is no island “no-such”. The first island is shown instead.'],
  ['map.AAAA', 'expected JSON. The first island is shown instead.'],
  [
    addressOf({ ...own, map: { ...own.map, spawns: [{ x: 20, z: 0 }] } }),
    'is in the sea: move it onto the land. The first island is shown instead.',
  ],
])('shows the first island in place of one that cannot be read, and says why', (value, why) => {
  expect(islandOf(value)).toMatchObject({ value: 'home', map: HOME_MAP })
  expect(islandOf(value).problem).toContain(why)
  expect(carriedMap(value)).toBeUndefined()
})
