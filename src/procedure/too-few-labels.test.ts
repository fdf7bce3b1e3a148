import { describe, expect, it } from 'vitest'
import { madeUpTooFewLabels } from './testing/made-up-too-few-labels.ts'
import {
  labelCounts,
  readTooFewLabels,
  runsWith,
  shownRun,
  type TooFewRun,
} from './too-few-labels.ts'

const DATA = madeUpTooFewLabels(3)

/** Returns the data with its first run changed. */
function withFirst(changes: Partial<TooFewRun>) {
  return {
    ...DATA,
    runs: DATA.runs.map((run, index) => (index === 0 ? { ...run, ...changes } : run)),
  }
}

describe('the file of trainings on few labels', () => {
  it('is read as it was written', () => {
    expect(readTooFewLabels(JSON.parse(JSON.stringify(DATA)))).toEqual(DATA)
  })

  it.each<[string, unknown, string]>([
    ['another version', { ...DATA, version: 2 }, 'damaged at version'],
    ['no object', [], 'damaged at the top'],
    ['no runs', { ...DATA, runs: [] }, 'damaged at runs'],
    [
      'a share above 1',
      withFirst({ reward: { ...rewardOfFirst(), test: { accuracy: 1.2, comparisons: 3 } } }),
      'runs.0.reward.test.accuracy',
    ],
    [
      'a lost answer',
      withFirst({
        answers: { pairs: 25, ties: 15, against: { none: 1, left: 0, middle: 5, right: 3 } },
      }),
      'found 9 decided pairs in the run with 10 labels and seed 1, expected 10',
    ],
    [
      'a lost tie',
      withFirst({
        answers: { pairs: 25, ties: 14, against: { none: 2, left: 0, middle: 5, right: 3 } },
      }),
      'found 25 pairs in the run with 10 labels and seed 1, expected 24',
    ],
    [
      'a run twice',
      { ...DATA, runs: [...DATA.runs, DATA.runs[4]] },
      'two runs with the same labels and seed',
    ],
    [
      'no pairs of the shown run',
      withFirst({ pairs: [] }),
      'found 0 decided pairs for the run that is shown, with 10 labels and seed 1, expected 10',
    ],
  ])('with %s is refused with a sentence', (_, json, expected) => {
    expect(() => readTooFewLabels(json)).toThrow(expected)
    expect(() => readTooFewLabels(json)).toThrow(/run the command “too-few” again$/)
  })
})

function rewardOfFirst(): TooFewRun['reward'] {
  const [first] = DATA.runs
  if (!first) throw new Error('The made-up data have runs.')
  return first.reward
}

describe('the runs', () => {
  it('are sorted by labels and seed, in whichever order they were made', () => {
    const reversed = { ...DATA, runs: DATA.runs.toReversed() }
    expect(labelCounts(reversed)).toEqual([10, 25, 50])
    expect(runsWith(reversed, 25).map(({ seed }) => seed)).toEqual([1, 2, 3])
  })

  it('are represented by the seed whose fewest labels lead furthest astray, also with more labels', () => {
    // Shares of left with 10 labels: 32, 41 and 58 %.
    for (const labels of [10, 25, 50]) expect(shownRun(DATA, labels)?.seed).toBe(1)
    const others = { ...DATA, runs: DATA.runs.filter(({ seed }) => seed !== 1) }
    expect(shownRun(others, 10)?.seed).toBe(2)
    // Shares of middle with 10 labels: 60, 50 and 31 %.
    expect(shownRun({ ...DATA, prefer: 'middle' }, 50)?.seed).toBe(3)
    expect(shownRun(DATA, 11)).toBeUndefined()
  })
})
