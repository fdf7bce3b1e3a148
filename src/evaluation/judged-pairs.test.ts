import { describe, expect, it } from 'vitest'
import { RandomStream, rootKey } from '../island/index.ts'
import {
  accuracyOf,
  calibrationError,
  judgedPairs,
  leastSure,
  logitScale,
  mostWrong,
  reliabilityOf,
  wilsonInterval,
} from './index.ts'

const REWARDS = [2, -1, 0.5, 0.4]
const COMPARISONS = [
  { first: 0, second: 1, verdict: 1 },
  { first: 2, second: 0, verdict: 1 },
  { first: 3, second: 2, verdict: 0.2 },
  { first: 1, second: 2, verdict: 0.5 },
]

describe('judged pairs', () => {
  const pairs = judgedPairs(REWARDS, COMPARISONS, 2)

  it('have the difference of rewards, signed by the label, and its probability', () => {
    expect(pairs.map(({ difference }) => difference)).toEqual([3, -1.5, expect.closeTo(-0.1), -1.5])
    expect(pairs.map(({ margin }) => margin)).toEqual([3, -1.5, expect.closeTo(0.1), undefined])
    const logistic = (logit: number) => expect.closeTo(1 / (1 + Math.exp(-logit)), 12)
    expect(pairs.map(({ probability }) => probability)).toEqual([6, -3, -0.2, -3].map(logistic))
  })

  it('are listed from the most wrong, and from the least sure', () => {
    expect(mostWrong(pairs, 5)).toEqual([pairs[1]])
    expect(leastSure(pairs, 2)).toEqual([pairs[2], pairs[1]])
  })

  it('give the accuracy with Wilson’s interval, without ties', () => {
    expect(accuracyOf(REWARDS, COMPARISONS)).toEqual({
      count: 2,
      of: 3,
      share: 2 / 3,
      interval: wilsonInterval(2, 3),
    })
    expect(accuracyOf([1, 1], [{ first: 0, second: 1, verdict: 1 }]).count).toBe(0.5)
    expect(accuracyOf(REWARDS, []).of).toBe(0)
  })
})

describe('reliability', () => {
  it('is the same whichever clip is called the first', () => {
    const random = new RandomStream(rootKey(3))
    const rewards = Array.from({ length: 60 }, () => random.normal())
    const comparisons = Array.from({ length: 200 }, () => ({
      first: random.below(30),
      second: 30 + random.below(30),
      verdict: random.chance(0.5) ? 1 : 0,
    }))
    const swapped = comparisons.map(({ first, second, verdict }) => ({
      first: second,
      second: first,
      verdict: 1 - verdict,
    }))
    const [one, other] = [comparisons, swapped].map((some) =>
      reliabilityOf(judgedPairs(rewards, some, 1.5)),
    )
    expect(one?.bins.map(({ comparisons: n }) => n)).toEqual(
      other?.bins.map(({ comparisons: n }) => n),
    )
    expect(one?.error).toBeCloseTo(other?.error ?? Number.NaN, 12)
    for (const { predicted, observed, interval } of one?.bins ?? []) {
      expect(predicted).toBeGreaterThanOrEqual(0.5)
      expect(interval.low).toBeLessThanOrEqual(observed)
      expect(interval.high).toBeGreaterThanOrEqual(observed)
    }
  })

  it('finds a model that states the probabilities of its labels calibrated, and one that overstates them not', () => {
    const random = new RandomStream(rootKey(4))
    const rewards = Array.from({ length: 4000 }, () => random.normal())
    const comparisons = Array.from({ length: 2000 }, (_, index) => {
      const difference = (rewards[index] ?? 0) - (rewards[index + 2000] ?? 0)
      const verdict = random.chance(1 / (1 + Math.exp(-difference))) ? 1 : 0
      return { first: index, second: index + 2000, verdict }
    })
    const [calibrated, certain] = [1, 5].map((scale) =>
      reliabilityOf(judgedPairs(rewards, comparisons, scale)),
    )
    expect(calibrated?.error).toBeLessThan(calibrated?.chanceError ?? Number.NaN)
    expect(calibrated?.chanceError).toBeLessThan(0.04)
    expect(certain?.error).toBeGreaterThan(0.15)
  })

  it('expects more error by chance from fewer labels, and from probabilities near one half', () => {
    const [few, many, sure] = [
      { labels: 10, reward: 0 },
      { labels: 1000, reward: 0 },
      { labels: 10, reward: 4 },
    ].map(({ labels, reward }) => {
      const rewards = Array.from({ length: 2 * labels }, (_, index) => (index % 2 ? 0 : reward))
      const comparisons = Array.from({ length: labels }, (_, index) => ({
        first: 2 * index,
        second: 2 * index + 1,
        verdict: 1 as const,
      }))
      return reliabilityOf(judgedPairs(rewards, comparisons, 1))?.chanceError ?? Number.NaN
    })
    // Ten tosses of a coin differ from five heads by three or fewer in 97.9 % of cases, by two or fewer in 89.1 %.
    expect(few).toBeCloseTo(0.3, 12)
    expect(many).toBeLessThan(0.04)
    expect(sure).toBeLessThan(few ?? 0)
  })

  it('is undefined without a scale, and without decisive comparisons', () => {
    expect(reliabilityOf(judgedPairs(REWARDS, COMPARISONS, undefined))).toBeUndefined()
    expect(reliabilityOf(judgedPairs(REWARDS, COMPARISONS.slice(3), 2))).toBeUndefined()
    expect(calibrationError([])).toBeNaN()
  })

  it('averages the distance of predicted and observed shares over comparisons', () => {
    const bins = [
      { predicted: 0.6, observed: 0.5, comparisons: 1 },
      { predicted: 0.9, observed: 1, comparisons: 3 },
    ]
    expect(calibrationError(bins)).toBeCloseTo(0.1, 12)
  })
})

it('reads the scale from a model’s card, if it states a valid one', () => {
  expect(logitScale({ recipe: { deviation: 2.3 } })).toBe(2.3)
  for (const recipe of [{}, { deviation: 0 }, { deviation: '2' }, { deviation: Number.NaN }]) {
    expect(logitScale({ recipe })).toBeUndefined()
  }
})
