import { expect, it } from 'vitest'
import { countEnding, EMPTY_TALLY, outcomeCounts } from './tally.ts'

it('counts an episode once, however often it is watched', () => {
  let tally = countEnding(EMPTY_TALLY, 'spawn 1', 'left')
  tally = countEnding(tally, 'spawn 1', 'left')
  tally = countEnding(tally, 'spawn 2', 'none')
  tally = countEnding(tally, 'side-platform 2', 'left')
  const counts = outcomeCounts(tally)
  expect(counts.map(({ ending, count }) => [ending, count])).toEqual([
    ['none', 1],
    ['left', 2],
    ['middle', 0],
    ['right', 0],
  ])
  expect(counts.map(({ share }) => share).reduce((sum, share) => sum + share)).toBeCloseTo(1)
})

it('has no shares without episodes, and does not change the tally it is given', () => {
  countEnding(EMPTY_TALLY, 'spawn 1', 'right')
  expect(outcomeCounts(EMPTY_TALLY).every(({ count, share }) => count === 0 && share === 0)).toBe(
    true,
  )
})
