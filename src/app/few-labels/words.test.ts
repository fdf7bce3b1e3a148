import { describe, expect, it } from 'vitest'
import { tableOf } from '../../procedure/testing/made-up-results.ts'
import { madeUpTooFewLabels } from '../../procedure/testing/made-up-too-few-labels.ts'
import { runsWith, type TooFewRun } from '../../procedure/too-few-labels.ts'
import { curveRows, curvesSummary } from './curves.ts'
import {
  againstSentence,
  changeOf,
  fittingGuess,
  rangeWords,
  rewardWords,
  rivalOf,
  trainingSentence,
  verdictSentence,
} from './words.ts'

const DATA = madeUpTooFewLabels(1)

function runOf(labels: number, seed: number): TooFewRun {
  const run = runsWith(DATA, labels).find((each) => each.seed === seed)
  if (!run) throw new Error('The made-up data have this run.')
  return run
}

/** Returns a run whose 400 fresh episodes ended like this. */
function ending(none: number, left: number, middle: number, right: number): TooFewRun {
  return { ...runOf(10, 1), table: tableOf({ none, left, middle, right }) }
}

describe('the sentences', () => {
  it('count what the clips that were not preferred did, the most frequent first', () => {
    expect(againstSentence(runOf(10, 1), 'left')).toBe(
      'Of the clips that were not preferred, 5 went to the middle jumppad, 3 went to the right jumppad and 2 reached no jumppad.',
    )
    const own = { pairs: 10, ties: 0, against: { none: 0, left: 10, middle: 0, right: 0 } }
    expect(againstSentence({ ...runOf(10, 1), answers: own }, 'left')).toBe(
      'Of the clips that were not preferred, 10 also went there, but later.',
    )
  })

  it('compare with the jumppad that the agent went to instead, if the model was tested against it', () => {
    expect(rivalOf(runOf(10, 1), 'left')).toBe('middle')
    expect(rivalOf(ending(0, 100, 100, 200), 'left')).toBe('right')
    const { reward } = runOf(10, 1)
    const { middle: _, ...against } = reward.against
    expect(rivalOf({ ...runOf(10, 1), reward: { ...reward, against } }, 'left')).toBe('right')
    expect(rivalOf({ ...runOf(10, 1), reward: { ...reward, against: {} } }, 'left')).toBeUndefined()
  })

  it.each([
    [0.9, 'nearly always'],
    [0.899, 'mostly'],
    [0.65, 'mostly'],
    [0.649, 'hardly'],
    [0.2, 'hardly'],
  ] as const)('match a share of %d with the guess “%s”', (share, expected) => {
    expect(fittingGuess(share)).toBe(expected)
  })

  // Before training, 108 of 400 episodes end at the left jumppad: 27.0 %, 22.9 to 31.5 %.
  it.each([
    [
      ending(0, 60, 300, 40),
      'fell',
      'which the judge prefers, fell. Most often the agent went to the middle',
    ],
    [
      ending(0, 128, 240, 32),
      'did not clearly change',
      'did not clearly change. Most often the agent went',
    ],
    [
      ending(0, 160, 200, 40),
      'rose',
      'rose, but most episodes still end elsewhere. Most often the agent went',
    ],
    [ending(300, 60, 40, 0), 'fell', 'fell. Most often the agent reached no jumppad.'],
    [ending(0, 390, 10, 0), 'rose', 'learned to prefer the left jumppad, as the judge does.'],
  ])('say no more than the intervals show (%#)', (run, change, expected) => {
    expect(changeOf(DATA.agent, run, 'left')).toBe(change)
    expect(verdictSentence(DATA, run)).toContain(expected)
  })

  it('give the numbers before and after training', () => {
    expect(trainingSentence(DATA, runOf(10, 1))).toMatch(
      /^In 60 updates, the learned reward went from -?\d\.\d\d to \d\.\d\d\. In 400 fresh episodes, the share of each jumppad went: left from 27\.0 to 32\.0 %, middle from 36\.0 to 60\.0 %, right from 18\.5 to 4\.0 %\.$/,
    )
    expect([rewardWords(-0.004), rewardWords(-0.006), rewardWords(1.567)]).toEqual([
      '0.00',
      '-0.01',
      '1.57',
    ])
    expect(rangeWords(DATA, 10)).toBe('32.0 to 58.0 %')
    expect(rangeWords({ ...DATA, runs: [runOf(25, 1)] }, 25)).toBe('71.0 %')
  })
})

describe('the curves', () => {
  it('have the share of each ending in the update’s episodes, but not after the last update', () => {
    const rows = curveRows(runOf(10, 1))
    expect(rows).toHaveLength(61)
    for (const { shares } of rows.slice(0, -1)) {
      const { none = 0, left = 0, middle = 0, right = 0 } = shares ?? {}
      expect(none + left + middle + right).toBeCloseTo(100)
    }
    expect(rows.at(-1)?.shares).toBeUndefined()
    expect(curvesSummary(rows)).toMatch(
      /in 60 updates\. .*left from 27 to 3\d %, middle from 36 to 59 %/,
    )
  })
})
