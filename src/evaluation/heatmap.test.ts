import { describe, expect, it } from 'vitest'
import { HOME, RandomStream, rootKey } from '../island/index.ts'
import {
  commonLogScale,
  logPart,
  occupancy,
  perThousand,
  shareDifference,
  signedPart,
} from './heatmap.ts'

const CELL = 0.5

/** Returns a random path, partly a little outside the bounds and never on the edge of a cell. */
function randomPath(random: RandomStream): Float64Array {
  const places = 2 + random.below(40)
  const inCell = () => CELL * (0.1 + 0.8 * random.uniform())
  return Float64Array.from({ length: 2 * places }, (_, at) =>
    at % 2 === 0
      ? HOME.bounds.minX + CELL * (random.below(90) - 3) + inCell()
      : HOME.bounds.minZ + CELL * (random.below(102) - 3) + inCell(),
  )
}

function randomEpisodes(seed: number) {
  const random = new RandomStream(rootKey(seed))
  return Array.from({ length: 30 }, () => ({ path: randomPath(random) }))
}

/**
 * Counts the decisions in one cell by testing each of them; `occupancy` computes the cell of each
 * decision instead.
 */
function countedSlowly(paths: readonly Float64Array[], column: number, row: number): number {
  const within = (value: number, from: number, index: number, count: number) =>
    (index === 0 || value >= from + index * CELL) &&
    (index === count - 1 || value < from + (index + 1) * CELL)
  let count = 0
  for (const path of paths) {
    for (let decision = 0; decision < path.length / 2 - 1; decision++) {
      const x = path[2 * decision] ?? 0
      const z = path[2 * decision + 1] ?? 0
      if (within(x, HOME.bounds.minX, column, 84) && within(z, HOME.bounds.minZ, row, 96)) count++
    }
  }
  return count
}

describe('occupancy', () => {
  const episodes = randomEpisodes(1)

  it('counts the same as a search of every cell, and misses no decision', () => {
    const { columns, rows, counts, decisions } = occupancy(episodes, CELL)
    expect([columns, rows]).toEqual([84, 96])
    const paths = episodes.map(({ path }) => path)
    const slowly = Float64Array.from(counts, (_, at) =>
      countedSlowly(paths, at % columns, Math.floor(at / columns)),
    )
    expect(counts).toEqual(slowly)
    const taken = paths.reduce((sum, path) => sum + path.length / 2 - 1, 0)
    expect(decisions).toBe(taken)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(taken)
  })

  it('does not depend on the order, and mirrors with the island', () => {
    const { counts, columns } = occupancy(episodes, CELL)
    expect(occupancy(episodes.toReversed(), CELL).counts).toEqual(counts)
    const mirrored = episodes.map(({ path }) => ({
      path: path.map((value, at) => (at % 2 === 0 ? -value : value)),
    }))
    const flipped = counts.map(
      (_, at) => counts[at - (at % columns) + columns - 1 - (at % columns)] ?? Number.NaN,
    )
    expect(occupancy(mirrored, CELL).counts).toEqual(flipped)
  })

  it('per 1,000 episodes is the same however often all episodes are counted', () => {
    const once = perThousand(occupancy(episodes, CELL))
    const twice = perThousand(occupancy([...episodes, ...episodes], CELL))
    for (const [at, value] of once.entries()) expect(twice[at]).toBeCloseTo(value, 9)
  })
})

describe('the difference of two occupancies', () => {
  const first = occupancy(randomEpisodes(1))
  const second = occupancy(randomEpisodes(2))

  it('sums to zero, changes sign with the order, and is zero between equal occupancies', () => {
    const difference = shareDifference(first, second)
    expect(difference.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12)
    expect(difference.some((value) => value > 0.001)).toBe(true)
    const back = shareDifference(second, first)
    for (const [at, value] of difference.entries()) expect(back[at]).toBeCloseTo(-value, 15)
    expect(shareDifference(first, first).every((value) => value === 0)).toBe(true)
  })

  it('requires the same grid', () => {
    expect(() => shareDifference(first, occupancy([], 1))).toThrow('42 × 48')
  })
})

describe('a scale', () => {
  it('is shared, and ranges from the overall minimum to the overall maximum', () => {
    const scale = commonLogScale([
      [0, 5, 40],
      [0.5, 0],
    ])
    expect(scale).toEqual({ low: 0.5, high: 40 })
    expect(commonLogScale([[0, 0], []])).toBeUndefined()
  })

  it('has equal steps for equal ratios, and no place for zero', () => {
    const scale = { low: 1, high: 100 }
    expect([1, 10, 100, 1000].map((value) => logPart(value, scale))).toEqual([0, 0.5, 1, 1])
    expect(logPart(0, scale)).toBeUndefined()
    expect(logPart(3, { low: 3, high: 3 })).toBe(1)
  })

  it('is odd around 0, increases, and ends at the maximum', () => {
    const values = [-4, -1, -0.01, 0, 0.01, 1, 4]
    const parts = values.map((value) => signedPart(value, 4))
    expect(parts.at(-1)).toBe(1)
    expect(parts[3]).toBe(0)
    for (const [at, part] of parts.entries()) {
      expect(part).toBeCloseTo(-(parts.at(-1 - at) ?? 9), 12)
      if (at > 0) expect(part).toBeGreaterThan(parts[at - 1] ?? 9)
    }
    expect(signedPart(0, 0)).toBe(0)
  })
})
