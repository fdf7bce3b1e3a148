import { expect, it } from 'vitest'
import { ISLANDS } from '../island/index.ts'
import { ISLAND_FILE_VERSION, ISLAND_FORMAT, islandText, readIsland } from './island-file.ts'

it.each(ISLANDS)('carries “$title” through a file', ({ title, about, map }) => {
  const island = { title, about, map }
  expect(readIsland(islandText(island))).toEqual(island)
})

const [HOME] = ISLANDS
if (HOME === undefined) throw new Error('Expected a first island')
const { surfaces, obstacles, jumppads, spawns } = HOME.map

function refusal(map: Record<string, unknown>, rest: Record<string, unknown> = {}): string {
  const file = { format: ISLAND_FORMAT, version: ISLAND_FILE_VERSION, title: 'Mine', about: '' }
  try {
    readIsland(
      JSON.stringify({ ...file, map: { surfaces, obstacles, jumppads, spawns, ...map }, ...rest }),
    )
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'read'
}

it('reads what names only the ground and the things on it', () => {
  expect(refusal({})).toBe('read')
})

it.each<[string, Record<string, unknown>, Record<string, unknown>?]>([
  ['damaged at map.spawns', { spawns: [] }],
  ['damaged at map.spawns.0.x', { spawns: [{ x: 1e9, z: 0 }] }],
  ['damaged at map.surfaces', { surfaces: Array(25).fill(surfaces[0]) }],
  ['at most 120 corners', { surfaces: Array(24).fill({ ...surfaces[2] }) }],
  ['damaged at map.jumppads.0.name', { jumppads: [{ ...jumppads[0], name: 'none' }] }],
  ['damaged at map.jumppads.0.name', { jumppads: [{ ...jumppads[0], name: '<b>' }] }],
  ['damaged at map', { extra: 1 }],
  ['damaged at version', {}, { version: 2 }],
  ['is in the sea: move it onto the land', { spawns: [{ x: 20, z: 0 }] }],
])('refuses an island: %s', (reason, map, rest) => {
  expect(refusal(map, rest)).toContain(reason)
})
