import { describe, expect, it } from 'vitest'
import { madeUpLabel } from '../../alignment/labels/testing/made-up-labels.ts'
import {
  EXCLUSION_MEASURES,
  type ExclusionRule,
  excludedBy,
  exclusionRuleSchema,
  ruleInWords,
} from './exclusion.ts'
import { raterQualities } from './rater-quality.ts'

const rule = (
  measure: ExclusionRule['measure'],
  is: ExclusionRule['is'],
  value: number,
  minimumAnswers = 0,
): ExclusionRule => ({ measure, is, value, minimumAnswers })

/** Ten golden pairs, seven of them right; all on the left, three in haste. */
const ADA = Array.from({ length: 10 }, (_, n) =>
  madeUpLabel(n, {
    kind: 'golden',
    known: n < 7 ? 'first' : 'second',
    responseMs: n < 3 ? 100 : 4000,
  }),
)
const qualities = raterQualities(
  new Map([
    ['Ada', ADA],
    ['Ben', []],
  ]),
  700,
)
const reasons = (...rules: ExclusionRule[]) =>
  [...excludedBy(rules, qualities)].map(([rater, { because }]) => [rater, because])

describe('excludedBy', () => {
  it('gives the first rule that excludes a rater, as a sentence', () => {
    const rules = [rule('rushed', 'above', 0.3), rule('golden', 'below', 0.75, 5)]
    expect(reasons(...rules)).toEqual([
      [
        'Ada',
        'Labeller Ada answered 7 of 10 golden pairs correctly; the rule excludes anyone below 75%, once 5 are answered.',
      ],
    ])
  })

  it('needs enough answers of the kind that is measured, and a value beyond the limit', () => {
    expect(reasons(rule('golden', 'below', 0.75, 11))).toEqual([])
    expect(reasons(rule('golden', 'below', 0.7))).toEqual([])
    expect(reasons(rule('rushed', 'above', 0.3))).toEqual([])
    expect(reasons(rule('rushed', 'above', 0.25))).toHaveLength(1)
  })

  it('never excludes by a share of nothing, but does by a number of answers', () => {
    const shares = EXCLUSION_MEASURES.filter((measure) => measure !== 'answered')
    const strict = shares.flatMap((m) => [rule(m, 'below', 1), rule(m, 'above', 0)])
    expect(reasons(...strict).map(([rater]) => rater)).toEqual(['Ada'])
    expect(reasons(rule('answered', 'below', 5))).toEqual([
      ['Ben', 'Labeller Ben answered 0 pairs; the rule excludes anyone below 5.'],
    ])
  })

  it('measures bias towards either side', () => {
    const right = raterQualities(
      new Map([['Cy', ADA.map((label) => ({ ...label, left: 'second' as const }))]]),
      700,
    )
    const biased = [rule('side bias', 'above', 0.8)]
    expect(excludedBy(biased, right).get('Cy')?.because).toContain(
      'preferred the right side 10 of 10 times',
    )
    expect(reasons(...biased)[0]?.[1]).toContain('preferred the left side 10 of 10 times')
  })
})

describe('exclusionRuleSchema', () => {
  it('accepts shares, and whole numbers of answers', () => {
    const valid = (value: unknown) => exclusionRuleSchema.safeParse(value).success
    expect(valid(rule('golden', 'below', 0.7, 5))).toBe(true)
    expect(valid(rule('golden', 'below', 70, 5))).toBe(false)
    expect(valid(rule('answered', 'below', 20))).toBe(true)
    expect(valid(rule('answered', 'below', 0.5))).toBe(false)
    expect(valid({ ...rule('answered', 'below', 20), note: '' })).toBe(false)
  })

  it('describes every rule in words', () => {
    expect(ruleInWords(rule('rushed', 'above', 0.125, 20))).toBe(
      'Share of rushed answers above 12.5%, from 20 answers on',
    )
    expect(ruleInWords(rule('answered', 'below', 20))).toBe('Number of answered pairs below 20')
  })
})
