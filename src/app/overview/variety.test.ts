import { expect, it } from 'vitest'
import { ISLANDS } from '../../island/index.ts'
import { madeUpResults } from '../../procedure/testing/made-up-results.ts'
import { VARIETY_PLACES, varietyGroups } from './variety.ts'

it('averages the shares of each group of islands that have the jumppad, by seed', () => {
  const groups = varietyGroups(madeUpResults(100).variety ?? [], 'left')
  expect(groups.map(({ pretrained, size }) => [pretrained, size])).toEqual([
    [undefined, undefined],
    ['first', 'nano'],
    ['several', 'nano'],
  ])
  for (const { rows } of groups) {
    expect(rows.map(({ played }) => played)).toEqual(['first', 'several'])
    const [home, others, never] = rows[1]?.shares ?? []
    // The made-up agents reach it in 200 − 10 · seed of 200 episodes at home, and in 120 on a bent island.
    expect(home?.bySeed.map((share) => Math.round(100 * share))).toEqual([95, 90, 85])
    expect(home?.mean).toBeCloseTo(0.9)
    expect(others?.bySeed).toEqual([0.6, 0.6, 0.6])
    // Nothing was measured there but on an island that lacks the jumppad.
    expect(never).toEqual({ mean: undefined, bySeed: [] })
  }
  expect(VARIETY_PLACES.flatMap(({ ids }) => ids)).toHaveLength(ISLANDS.length)
})
