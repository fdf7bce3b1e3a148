/** Rules, written by the researcher, that exclude a rater's answers from the analysis. */
import { z } from 'zod'
import type { RaterQuality } from './rater-quality.ts'

export const EXCLUSION_MEASURES = [
  'golden',
  'self-agreement',
  'rushed',
  'side bias',
  'agreement with others',
  'answered',
] as const
export type ExclusionMeasure = (typeof EXCLUSION_MEASURES)[number]

/**
 * Schema of a rule that excludes a rater whose measure is below or above a value. Values are shares,
 * 0…1; of `answered`, a number of pairs. The rule applies to raters with at least `minimumAnswers`
 * of the answers that the measure counts, such as golden pairs.
 */
export const exclusionRuleSchema = z
  .strictObject({
    measure: z.enum(EXCLUSION_MEASURES),
    is: z.enum(['below', 'above']),
    value: z.number().nonnegative(),
    minimumAnswers: z.int().nonnegative().max(1_000_000),
  })
  .refine(
    ({ measure, value }) => (measure === 'answered' ? Number.isInteger(value) : value <= 1),
    'expected a share from 0 to 1, or for the number of answered pairs a whole number',
  )

export type ExclusionRule = Readonly<z.infer<typeof exclusionRuleSchema>>

/** Rule that excludes a rater, with a sentence that says what was measured. */
export interface Exclusion {
  readonly rule: ExclusionRule
  readonly because: string
}

/** Measured value, and the number of answers that it was measured on. */
interface Measured {
  readonly value: number
  readonly answers: number
  /** What was counted, with the count. */
  readonly found: string
}

interface MeasureDefinition {
  /** Name of the measure at the beginning of a sentence. */
  readonly name: string
  /** Plural of the answers that are counted. */
  readonly answers: string
  readonly measure: (quality: RaterQuality) => Measured
}

const MEASURES: Readonly<Record<ExclusionMeasure, MeasureDefinition>> = {
  golden: {
    name: 'Share of correct answers to golden pairs',
    answers: 'golden pairs',
    measure: ({ withGolden: { count, of, share } }) => ({
      value: share,
      answers: of,
      found: `answered ${count} of ${of} golden pairs correctly`,
    }),
  },
  'self-agreement': {
    name: 'Share of re-shows answered like the first time',
    answers: 're-shows',
    measure: ({ withSelf: { count, of, share } }) => ({
      value: share,
      answers: of,
      found: `answered ${count} of ${of} re-shows like the first time`,
    }),
  },
  rushed: {
    name: 'Share of rushed answers',
    answers: 'answers',
    measure: ({ rushed: { count, of, share } }) => ({
      value: share,
      answers: of,
      found: `rushed ${count} of ${of} answers`,
    }),
  },
  'side bias': {
    name: 'Share of the side preferred more often',
    answers: 'preferences for a side',
    measure: ({ left: { count, of, share } }) => ({
      value: Math.max(share, 1 - share),
      answers: of,
      found: `preferred the ${2 * count >= of ? 'left' : 'right'} side ${Math.max(count, of - count)} of ${of} times`,
    }),
  },
  'agreement with others': {
    name: 'Share of answers that agree with the majority of the other raters',
    answers: 'pairs on which the others have a majority',
    measure: ({ withOthers: { count, of, share } }) => ({
      value: share,
      answers: of,
      found: `agreed with the majority of the other raters on ${count} of ${of} pairs`,
    }),
  },
  answered: {
    name: 'Number of answered pairs',
    answers: 'answers',
    measure: ({ answered }) => ({
      value: answered,
      answers: answered,
      found: `answered ${answered} pairs`,
    }),
  },
}

/** Returns a rule as a clause, such as "Share of rushed answers above 30%, from 20 answers on". */
export function ruleInWords(rule: ExclusionRule): string {
  const { name, answers } = MEASURES[rule.measure]
  const from = rule.minimumAnswers > 0 ? `, from ${rule.minimumAnswers} ${answers} on` : ''
  return `${name} ${rule.is} ${valueInWords(rule)}${from}`
}

/**
 * Returns the raters whom a rule excludes, each with the first such rule in the order of the list.
 * Estimates are compared with the rule's value as they are, so a small `minimumAnswers` excludes
 * raters by chance.
 */
export function excludedBy(
  rules: readonly ExclusionRule[],
  qualities: readonly RaterQuality[],
): Map<string, Exclusion> {
  const excluded = new Map<string, Exclusion>()
  for (const quality of qualities) {
    const rule = rules.find((candidate) => excludes(candidate, quality))
    if (rule === undefined) continue
    const { found } = MEASURES[rule.measure].measure(quality)
    const because = `Labeller ${quality.rater} ${found}; the rule excludes anyone ${limitInWords(rule)}.`
    excluded.set(quality.rater, { rule, because })
  }
  return excluded
}

function excludes(rule: ExclusionRule, quality: RaterQuality): boolean {
  const { value, answers } = MEASURES[rule.measure].measure(quality)
  // A share of nothing is NaN, which is neither below nor above.
  if (answers < rule.minimumAnswers) return false
  return rule.is === 'below' ? value < rule.value : value > rule.value
}

/** Returns the limit of a rule, such as "below 50%, once 3 are answered". */
function limitInWords(rule: ExclusionRule): string {
  const from = rule.minimumAnswers > 0 ? `, once ${rule.minimumAnswers} are answered` : ''
  return `${rule.is} ${valueInWords(rule)}${from}`
}

function valueInWords({ measure, value }: ExclusionRule): string {
  return measure === 'answered' ? `${value}` : `${Math.round(1000 * value) / 10}%`
}
