import { z } from 'zod'
import { outcomeSchema } from '../outcome-schema.ts'

export const LEARNT_RULES = ['disagreement', 'closeness'] as const
/** Rule that picks a pair by reward models: disagreement of an ensemble, or closeness of rewards. */
export type LearntRule = (typeof LEARNT_RULES)[number]

export const PAIR_RULES = ['random', ...LEARNT_RULES, 'telling'] as const
/**
 * Rule that picks a pair: by chance, by reward models, or telling ones, whose clips clearly differ in what the
 * question asks for: in their endings (see `pickTelling`), or in a measure of style.
 */
export type PairRule = (typeof PAIR_RULES)[number]

const share = z.number().min(0).max(1)

/** Schema of the settings by which a session's pairs are picked; stored with the session. */
export const pairSettingsSchema = z.strictObject({
  rule: z.enum(PAIR_RULES),
  /** Share of fresh pairs picked at random whatever the rule, so that other pairs stay represented. */
  randomShare: share,
  /** Length of a run of pairs in which one is a re-show with its sides swapped; 0 for no re-shows. */
  reShowEvery: z.int().nonnegative().max(1000),
  /** Minimum distance in pairs between a pair and its re-show. */
  reShowGap: z.int().positive().max(1000),
  /** Share of golden pairs, until all of them have been shown. */
  goldenShare: share,
  /** Jumppad that the question asks for. Without it there are no golden pairs. */
  golden: outcomeSchema.optional(),
  /** Minimum number of decisive labels that an ensemble must be trained on before it may pick pairs. */
  minimumLabels: z.int().nonnegative(),
})

export type PairSettings = Readonly<z.infer<typeof pairSettingsSchema>>

export const DEFAULT_PAIR_SETTINGS: PairSettings = {
  rule: 'random',
  randomShare: 0.25,
  reShowEvery: 10,
  reShowGap: 10,
  goldenShare: 0.05,
  minimumLabels: 20,
}
