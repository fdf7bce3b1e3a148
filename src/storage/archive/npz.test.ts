import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { RandomStream, rootKey, splitKey } from '../../island/index.ts'
import { smallArchive } from '../testing/made-up-archive.ts'
import { checkConsistency } from './archive.ts'
import { ArchiveError, decodeArchive, encodeNpz } from './index.ts'
import { decodeNpy, encodeNpy, type NpyArray, npyArray } from './npy.ts'
import { toColumns } from './npz-columns.ts'
import { fromColumns } from './npz-records.ts'

describe('NumPy arrays', () => {
  it.each([
    npyArray([]),
    npyArray(['', 'für 🦓', 'a']),
    npyArray(Uint8Array.of(0, 255)),
    npyArray(Int8Array.of(-1, 1)),
    npyArray(Uint16Array.of(65_535)),
    npyArray(Int32Array.of(-2_147_483_648)),
    npyArray(BigInt64Array.of(2n ** 53n)),
    npyArray(Float64Array.of(0.1, -0)),
    npyArray(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]),
  ])('round-trip: $shape', (array) => {
    const bytes = encodeNpy(array)
    expect(decodeNpy('it', bytes)).toEqual(array)
    // NumPy aligns the data to 64 bytes so that files can be memory-mapped.
    expect((bytes.indexOf(10) + 1) % 64).toBe(0)
  })

  it.each([
    ['another type', 'i4', 'c8'],
    ['another order', 'False', 'True '],
    ['too many numbers', '(2,)', '(9,)'],
  ])('are refused with %s', (_, here, there) => {
    const bytes = encodeNpy(npyArray(Int32Array.of(1, 2)))
    const text = String.fromCharCode(...bytes).replace(here, there)
    const changed = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    expect(() => decodeNpy('it', changed)).toThrow('not of a type and size that Jumppad writes')
  })
})

describe('arrays saved again by NumPy', () => {
  const archive = smallArchive()

  /**
   * Rewrites an array's header as NumPy prints it, without the trailing comma in multi-dimensional
   * shapes.
   */
  function printedByNumpy(bytes: Uint8Array): Uint8Array {
    const printed = new TextDecoder('latin1').decode(bytes).replace(/, (\d+),\), \}/, ', $1), } ')
    return Uint8Array.from(printed, (letter) => letter.charCodeAt(0))
  }

  function changed(change: (files: Record<string, Uint8Array>) => void): Uint8Array {
    const files = unzipSync(encodeNpz(archive))
    change(files)
    return zipSync(files, { level: 0 })
  }

  it('are read when their values are unchanged', () => {
    const again = changed((files) => {
      for (const [name, bytes] of Object.entries(files)) files[name] = printedByNumpy(bytes)
    })
    expect(again).not.toEqual(encodeNpz(archive))
    expect(decodeArchive(again)).toEqual(archive)
  })

  it.each<[string, (rest: number[]) => NpyArray['values'], string]>([
    ['action', (rest) => Int32Array.of(65_541, ...rest), 'whole numbers from 0 to 65535'],
    ['action', (rest) => Float64Array.of(5.5, ...rest), 'whole numbers from 0 to 65535'],
    [
      'clip_seed',
      (rest) => BigInt64Array.of(2n ** 53n + 1n, ...rest.map(BigInt)),
      'holds 9007199254740993, which is too large to be exact',
    ],
    ['label_corrects', (rest) => Float64Array.of(0.5, ...rest), 'whole numbers from -1'],
  ])('are refused if %s would be rounded or wrapped', (name, widened, said) => {
    const columns = toColumns(archive)
    const { values, shape } = columns.get(name) ?? npyArray([])
    const forged = { shape, values: widened(Array.from(values, Number).slice(1)) }
    expect(() => fromColumns(new Map(columns).set(name, forged))).toThrow(said)
  })
})

it('a thousand archives with subtly changed arrays are refused or are complete', () => {
  const columns = toColumns(smallArchive())
  const names = [...columns.keys()]
  let refused = 0
  for (let n = 0; n < 1000; n++) {
    const random = new RandomStream(splitKey(rootKey(7), 'harm', n))
    const name = random.pick(names)
    const bytes = encodeNpy(columns.get(name) ?? npyArray([]))
    for (let times = 1 + random.below(3); times > 0; times--) {
      // Mostly in the data at the end, because damage to the header is easily detected.
      const last = Math.min(bytes.length, random.chance(0.8) ? 40 : bytes.length)
      bytes[bytes.length - 1 - random.below(last)] = random.below(random.chance(0.5) ? 4 : 256)
    }
    try {
      const archive = fromColumns(new Map(columns).set(name, decodeNpy(name, bytes)))
      checkConsistency(archive)
      expect(archive.labels).toHaveLength(4)
    } catch (error) {
      refused++
      expect(error).toBeInstanceOf(ArchiveError)
    }
  }
  expect(refused).toBeGreaterThan(500)
  expect(refused).toBeLessThan(1000)
})
