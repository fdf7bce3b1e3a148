import { expect, it } from 'vitest'
import { islandProblem } from '../alignment/map-schema.ts'
import { ISLANDS } from '../island/index.ts'
import {
  ISLAND_FILE_VERSION,
  ISLAND_FORMAT,
  islandText,
  parseIsland,
  readIsland,
} from './island-file.ts'

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
  ['has no spawns: add at least one', { spawns: [] }],
  ['damaged at map.spawns.0.x', { spawns: [{ x: 1e9, z: 0 }] }],
  ['has 25 surfaces: expected at most 24', { surfaces: Array(25).fill(surfaces[0]) }],
  ['corners of surfaces: expected at most 120', { surfaces: Array(24).fill({ ...surfaces[2] }) }],
  ['damaged at map.jumppads.0.name', { jumppads: [{ ...jumppads[0], name: 'none' }] }],
  ['damaged at map.jumppads.0.name', { jumppads: [{ ...jumppads[0], name: 'constructor' }] }],
  ['damaged at map.jumppads.0.name', { jumppads: [{ ...jumppads[0], name: '<b>' }] }],
  ['damaged at map', { extra: 1 }],
  ['expected the format “jumppad-island”, version 1', {}, { version: 2 }],
  ['is in the sea: move it onto the land', { spawns: [{ x: 20, z: 0 }] }],
])('refuses an island: %s', (reason, map, rest) => {
  expect(refusal(map, rest)).toContain(reason)
})

it('reads an island that cannot be played on where that is not asked for', () => {
  const drawn = {
    title: 'Half done',
    about: '',
    map: { surfaces, obstacles, jumppads, spawns: [] },
  }
  expect(parseIsland(islandText(drawn))).toEqual(drawn)
  expect(islandProblem(drawn.map)).toBe('The island has no spawns: add at least one.')
})
