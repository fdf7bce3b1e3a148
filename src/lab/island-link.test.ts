import { expect, it } from 'vitest'
import { ISLANDS, Island, worldOf } from '../island/index.ts'
import { decodeIsland, encodeIsland } from './island-link.ts'

it.each(ISLANDS)('carries “$title” through a link', ({ title, about, map }) => {
  const link = encodeIsland({ title, about, map })
  expect(link).toMatch(/^[\w-]+$/)
  // Short enough for a chat message or a mail program.
  expect(link.length).toBeLessThan(8000)
  expect(decodeIsland(link)).toEqual({ title, about, map })
})

it('plays on the same world after a link, however often it is read', () => {
  const [, farther] = ISLANDS
  if (farther === undefined) throw new Error('Expected several islands')
  const read = decodeIsland(encodeIsland(farther))
  expect(worldOf({ island: read.map }).map).toEqual(farther.map)
  const [first, again] = [read, decodeIsland(encodeIsland(farther))].map(
    ({ map }) => new Island({ start: 'spawn', seed: 3, island: map }),
  )
  expect(again?.state).toEqual(first?.state)
  expect(again?.world).toBe(first?.world)
})

it('says what to do about a link that was cut off', () => {
  const [home] = ISLANDS
  if (home === undefined) throw new Error('Expected a first island')
  const link = encodeIsland(home)
  expect(() => decodeIsland(link.slice(0, 200))).toThrow(/copy the whole link|expected JSON/)
  expect(() => decodeIsland('%%%')).toThrow('copy the whole link')
})
