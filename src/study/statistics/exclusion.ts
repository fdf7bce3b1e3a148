/** Rules by which a researcher leaves labellers out. */
import { z } from 'zod'

export const EXCLUSION_MEASURES = [
  'golden',
  'self-agreement',
  'rushed',
  'side bias',
  'agreement with others',
  'answered',
] as const

export const exclusionRuleSchema = z.strictObject({
  measure: z.enum(EXCLUSION_MEASURES),
  is: z.enum(['below', 'above']),
  value: z.number().nonnegative(),
  /** Minimum number of answers that the measure is based on; fewer exclude nobody. */
  minimumAnswers: z.int().nonnegative(),
})

export type ExclusionRule = Readonly<z.infer<typeof exclusionRuleSchema>>
