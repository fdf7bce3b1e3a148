import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TRAINING_ISLANDS } from '../island/index.ts'
import { HOME_MAP } from '../island/maps/home.ts'
import { generateDataset, PlayedSource, playDataset } from './dataset.ts'
import { DatasetReader, decodeDataset, encodeDataset } from './dataset-file.ts'
import { POPULATION } from './population.ts'

const KEY = { seed: 4, branch: 'pre-training' } as const
const DATASET = playDataset(KEY, { episodes: 25 })
const BYTES = encodeDataset(DATASET)

/** Returns the file with its header text changed and the header length updated. */
function withHeader(change: (text: string) => string): Uint8Array {
  const length = new DataView(BYTES.buffer).getUint32(4, true)
  const text = change(new TextDecoder().decode(BYTES.subarray(8, 8 + length)))
  const header = new TextEncoder().encode(text)
  const bytes = new Uint8Array(8 + header.length + BYTES.length - 8 - length)
  bytes.set(BYTES.subarray(0, 4))
  new DataView(bytes.buffer).setUint32(4, header.length, true)
  bytes.set(header, 8)
  bytes.set(BYTES.subarray(8 + length), 8 + header.length)
  return bytes
}

describe('a data set', () => {
  it('is a function of its key, episode by episode', () => {
    expect(playDataset(KEY, { episodes: 25 })).toEqual(DATASET)
    const source = new PlayedSource(KEY, 25)
    expect(source.episode(17)).toEqual(DATASET.episodes[17])
    expect(() => source.episode(25)).toThrow('There is no episode 25')
  })

  it('is played on the training islands in turn where it is to be on several', () => {
    const source = new PlayedSource(KEY, 12, POPULATION, 'several')
    const maps = Array.from({ length: 12 }, (_, index) => source.episode(index).island)
    const expected = TRAINING_ISLANDS.map(({ map }) => (map === HOME_MAP ? undefined : map))
    expect(maps).toEqual([...expected, ...expected, ...expected].slice(0, 12))
    expect(source.episode(0)).toEqual(DATASET.episodes[0])
  })

  it('shares no episode with another branch of its seed', () => {
    const other = playDataset({ ...KEY, branch: 'held-out' }, { episodes: 25 })
    const seeds = new Set(DATASET.episodes.map(({ seed }) => seed))
    expect(other.episodes.filter(({ seed }) => seeds.has(seed))).toEqual([])
  })

  it('reports its progress and stops at the requested number of decisions', () => {
    const play = generateDataset(KEY, { decisions: 20_000 })
    const reports: number[] = []
    let step = play.next()
    while (!step.done) {
      reports.push(step.value.done)
      step = play.next()
    }
    const decisions = step.value.episodes.reduce((sum, { actions }) => sum + actions.length, 0)
    expect(decisions).toBeGreaterThanOrEqual(20_000)
    expect(decisions).toBeLessThan(20_100)
    expect(reports.length).toBe(Math.floor(step.value.episodes.length / 100))
    expect([...reports].sort((a, b) => a - b)).toEqual(reports)
  })
})

describe('a data set as bytes', () => {
  it('round-trips', () => {
    expect(decodeDataset(BYTES)).toEqual(DATASET)
  })

  it('may contain no episodes', () => {
    const empty = { ...DATASET, episodes: [] }
    expect(decodeDataset(encodeDataset(empty))).toEqual(empty)
  })

  it('is read one episode at a time, from any position in a buffer', () => {
    const shifted = new Uint8Array(BYTES.length + 3)
    shifted.set(BYTES, 3)
    const reader = new DatasetReader(shifted.subarray(3))
    expect(reader.length).toBe(25)
    expect(reader.episode(24)).toEqual(DATASET.episodes[24])
    expect(reader.header.key).toEqual(KEY)
    expect(() => reader.episode(-1)).toThrow('There is no episode -1')
  })

  it('is refused wherever it is truncated', () => {
    fc.assert(
      fc.property(fc.nat(BYTES.length - 1), (length) => {
        expect(() => decodeDataset(BYTES.subarray(0, length))).toThrow(
          /cannot be read: .*cut off.*Load another file/,
        )
      }),
    )
  })

  it('is refused with any byte changed, or read as the same', () => {
    fc.assert(
      fc.property(fc.nat(BYTES.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const bytes = BYTES.slice()
        bytes[at] = (bytes[at] ?? 0) ^ change
        // The digest does not cover the header, whose fields are validated instead.
        const inHeader = at >= 8 && at < BYTES.length - recordBytes()
        if (inHeader) {
          try {
            decodeDataset(bytes)
          } catch (error) {
            expect(String(error)).toContain('The data set cannot be read')
          }
        } else expect(() => decodeDataset(bytes)).toThrow('The data set cannot be read')
      }),
    )
  })

  it('is refused with another version of the format or the world', () => {
    expect(() =>
      decodeDataset(withHeader((text) => text.replace('"version":1', '"version":9'))),
    ).toThrow('found version 9, expected 1')
    expect(() =>
      decodeDataset(withHeader((text) => text.replace(/"worldVersion":\d+/, '"worldVersion":99'))),
    ).toThrow('found world version 99')
    expect(() =>
      decodeDataset(withHeader((text) => text.replace('"seed":4', '"seed":"x"'))),
    ).toThrow('found "x" as its seed')
    expect(() => decodeDataset(withHeader(() => '{'))).toThrow('not JSON')
    expect(() => decodeDataset(new TextEncoder().encode('PK and so on'))).toThrow('another kind')
  })
})

function recordBytes(): number {
  return DATASET.episodes.reduce((sum, { actions }) => sum + 16 + 2 * actions.length, 0)
}
