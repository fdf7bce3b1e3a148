import { z } from 'zod'
import { OUTCOMES } from '../../island/index.ts'

export const LEARNT_RULES = ['disagreement', 'closeness'] as const
/** What picks a pair by reward models: disagreement of an ensemble, or closeness of reward. */
export type LearntRule = (typeof LEARNT_RULES)[number]

export const PAIR_RULES = ['random', ...LEARNT_RULES, 'telling'] as const
/** What picks a pair: chance, reward models, or where its clips end (see `pickTelling`). */
export type PairRule = (typeof PAIR_RULES)[number]

const share = z.number().min(0).max(1)

/** How a session's pairs are picked; kept with the session. */
export const pairSettingsSchema = z.strictObject({
  rule: z.enum(PAIR_RULES),
  /** Share of fresh pairs picked at random whatever the rule, so that the rest stays in view. */
  randomShare: share,
  /** One pair in so many is shown again with its sides swapped; 0 for none. */
  reShowEvery: z.int().nonnegative().max(1000),
  /** How many pairs later a pair may be shown again at the earliest. */
  reShowGap: z.int().positive().max(1000),
  /** Share of pairs whose answer is known, so long as there are such pairs. */
  goldenShare: share,
  /** The jumppad that the question asks for, which makes golden and telling pairs; else there are none. */
  golden: z.enum(OUTCOMES).optional(),
  /** Labels that prefer a side which an ensemble must have learnt from before it may pick. */
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
