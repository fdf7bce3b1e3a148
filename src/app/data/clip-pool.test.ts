import { expect, it } from 'vitest'
import type { Clip, Pair } from '../../alignment/labels/index.ts'
import { clipsInTurn, POOL_CLIPS, RANGES } from './clip-pool.ts'

const pool = Array.from({ length: POOL_CLIPS }, (_, n) => ({ id: `${n}` }) as Clip)
const pair = (n: number): Pair => ({ first: `${2 * n}`, second: `${2 * n + 1}` })
const pairs = (count: number): Pair[] => Array.from({ length: count }, (_, n) => pair(n))

it('waits for clips that have not been shown yet, and takes all clips once every one has been shown', () => {
  expect(clipsInTurn([], pool.slice(0, 7))).toBeUndefined()
  expect(clipsInTurn(pairs(3), pool.slice(0, 8))).toHaveLength(8)
  expect(clipsInTurn(pairs(4), pool.slice(0, 8))).toBeUndefined()
  expect(clipsInTurn(pairs(4), pool.slice(0, 16))).toHaveLength(16)
  expect(clipsInTurn(pairs(POOL_CLIPS / 2), pool)).toHaveLength(POOL_CLIPS)
})

it('returns the same clips however many have already been played', () => {
  const ends = RANGES.map(({ first, count }) => first + count)
  expect(ends.at(-1)).toBe(POOL_CLIPS)
  for (let shown = 0; shown < POOL_CLIPS / 2; shown++) {
    const whole = clipsInTurn(pairs(shown), pool)
    const slow = ends.map((end) => clipsInTurn(pairs(shown), pool.slice(0, end)))
    for (const clips of slow) if (clips) expect(clips).toEqual(whole)
    expect(slow.at(-1)).toEqual(whole)
  }
})
