import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAWID_SKENE_SETTINGS, dawidSkene } from './dawid-skene.ts'
import { type Rating, TWO_WAY_SCALE } from './ratings.ts'
import { ANAESTHETIST_RATINGS } from './testing/anaesthetists.ts'

const LIKELIHOOD = { ...DAWID_SKENE_SETTINGS, smoothing: 0, symmetric: false }
const GRADES = [1, 2, 3, 4]
/** Rounding decides when EM converges, and mirrored ratings round differently. */
const THIRTY_STEPS = { tolerance: Number.NEGATIVE_INFINITY, mostSteps: 30 }

const anyRatings = fc
  .uniqueArray(fc.tuple(fc.nat({ max: 4 }), fc.nat({ max: 7 })), {
    minLength: 1,
    maxLength: 30,
    selector: (pair) => pair.join(),
  })
  .chain((places) =>
    fc.tuple(...places.map((place) => fc.tuple(fc.constant(place), fc.constantFrom(0, 0.5, 1)))),
  )
  .map((list) =>
    list.map(([[rater, item], value]) => ({ rater: `${rater}`, item: `${item}`, value })),
  )

const mirrored = (ratings: readonly Rating[], items: ReadonlySet<string>) =>
  ratings.map((rating) =>
    items.has(rating.item) ? { ...rating, value: 1 - rating.value } : rating,
  )

/** Expects the same posteriors, with the categories of the given items in reverse. */
function expectMirrored(
  found: ReadonlyMap<string, readonly number[]>,
  before: ReadonlyMap<string, readonly number[]>,
  items: ReadonlySet<string>,
): void {
  for (const [item, posterior] of before) {
    const wanted = items.has(item) ? posterior.toReversed() : posterior
    for (const [j, share] of wanted.entries()) expect(found.get(item)?.[j]).toBeCloseTo(share, 6)
  }
}

describe('dawidSkene', () => {
  it('estimates the anaesthetists’ error rates', () => {
    const fit = dawidSkene(ANAESTHETIST_RATINGS, GRADES, LIKELIHOOD)
    expect(fit.converged).toBe(true)
    // Estimates of a separate program, which multiplies probabilities in NumPy.
    expect(fit.logLikelihood).toBeCloseTo(-192.890881, 5)
    const rounded = (numbers: readonly number[] = []) => numbers.map((x) => Number(x.toFixed(2)))
    expect(rounded(fit.priors)).toEqual([0.4, 0.42, 0.11, 0.07])
    expect(fit.raters.get('1')?.map(rounded)).toEqual([
      [0.89, 0.11, 0, 0],
      [0.07, 0.88, 0.05, 0],
      [0, 0.34, 0.66, 0],
      [0, 0, 0.56, 0.44],
    ])
    expect(fit.raters.get('3')?.map(rounded)).toEqual([
      [1, 0, 0, 0],
      [0.11, 0.79, 0.11, 0],
      [0, 0.4, 0.2, 0.4],
      [0, 0, 0.67, 0.33],
    ])
    expect(rounded(fit.posteriors.get('3'))).toEqual([0, 1, 0, 0])
    expect(rounded(fit.posteriors.get('7'))).toEqual([0.98, 0.02, 0, 0])
    expect(rounded(fit.posteriors.get('35'))).toEqual([0, 0.95, 0.05, 0])
    expect(rounded(fit.posteriors.get('36'))).toEqual([0, 0, 0, 1])
  })

  it('never lowers its objective, and gives probabilities, whatever was rated by whom', () => {
    fc.assert(
      fc.property(
        anyRatings,
        fc.constantFrom(0, 0.1, 1),
        fc.boolean(),
        (ratings, smoothing, symmetric) => {
          const settings = { ...DAWID_SKENE_SETTINGS, smoothing, symmetric }
          const fit = dawidSkene(ratings, TWO_WAY_SCALE, settings)
          for (const [step, objective] of fit.objectives.slice(1).entries()) {
            expect(objective).toBeGreaterThanOrEqual((fit.objectives[step] ?? 0) - 1e-9)
          }
          const rows = [fit.priors, ...fit.posteriors.values(), ...[...fit.raters.values()].flat()]
          for (const row of rows) {
            expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
            expect(Math.min(...row)).toBeGreaterThanOrEqual(0)
          }
          expect(fit.logLikelihood).toBeCloseTo(slowLogLikelihood(ratings, fit), 7)
        },
      ),
    )
  })

  it('mirrors the posteriors when all sides are swapped', () => {
    fc.assert(
      fc.property(anyRatings, fc.boolean(), (ratings, symmetric) => {
        const settings = { ...DAWID_SKENE_SETTINGS, symmetric, ...THIRTY_STEPS }
        const items = new Set(ratings.map(({ item }) => item))
        const before = dawidSkene(ratings, TWO_WAY_SCALE, settings)
        const after = dawidSkene(mirrored(ratings, items), TWO_WAY_SCALE, settings)
        expectMirrored(after.posteriors, before.posteriors, items)
      }),
    )
  })

  it('does not depend on which clip of a pair is the first, if the sides are treated alike', () => {
    fc.assert(
      fc.property(anyRatings, fc.nat({ max: 255 }), (ratings, bits) => {
        const settings = { ...DAWID_SKENE_SETTINGS, ...THIRTY_STEPS }
        const items = new Set(
          ratings.map(({ item }) => item).filter((item) => (bits >> Number(item)) & 1),
        )
        const before = dawidSkene(ratings, TWO_WAY_SCALE, settings)
        const after = dawidSkene(mirrored(ratings, items), TWO_WAY_SCALE, settings)
        expectMirrored(after.posteriors, before.posteriors, items)
      }),
    )
  })

  it('accepts no ratings, and refuses to mirror a scale that has no middle', () => {
    expect(dawidSkene([], TWO_WAY_SCALE).posteriors.size).toBe(0)
    expect(() => dawidSkene(ANAESTHETIST_RATINGS, GRADES)).toThrow('Found the scale 1, 2, 3, 4')
  })
})

/** Returns the log-likelihood as a sum over items of products of probabilities. */
function slowLogLikelihood(
  ratings: readonly Rating[],
  { priors, raters }: ReturnType<typeof dawidSkene>,
): number {
  const items = [...new Set(ratings.map(({ item }) => item))]
  const chances = items.map((item) =>
    priors
      .map((prior, j) =>
        ratings
          .filter((rating) => rating.item === item)
          .map(({ rater, value }) => raters.get(rater)?.[j]?.[TWO_WAY_SCALE.indexOf(value)] ?? 0)
          .reduce((product, chance) => product * chance, prior),
      )
      .reduce((sum, chance) => sum + chance, 0),
  )
  return chances.reduce((sum, chance) => sum + Math.log(chance), 0)
}
