import { z } from 'zod'
import { outcomeSchema } from '../../alignment/index.ts'
import { evaluationOf, outcomeTableSchema, reinforcementSchema } from '../../procedure/index.ts'
import { Aligner } from '../align/chain.ts'
import { TypedKind } from '../cells/kind.ts'

const recipe = z.record(z.string(), z.unknown())
const count = z.int().positive()

export const alignmentParametersSchema = z.object({
  /** Name of the variant, for its files and its learning curve. */
  variant: z.string(),
  wanted: outcomeSchema,
  seed: z.int().nonnegative(),
  preferenceFineTuning: z.boolean(),
  /** Sizes of the data sets, and complete recipes. */
  settings: z.object({
    comparisons: count,
    clips: count,
    test: z.object({ clips: count, comparisons: count }),
    evaluationEpisodes: count,
    reward: recipe,
    preference: recipe,
    reinforcement: recipe,
  }),
})

/**
 * Aligns the input `agent`: reward model, preference fine-tuning if wanted, reinforcement learning.
 * The models stay on the machine that made them, which reuses its reward models for later cells.
 */
export const alignmentCell = new TypedKind({
  name: 'alignment',
  parameters: alignmentParametersSchema,
  value: z.object({
    table: outcomeTableSchema,
    learning: reinforcementSchema.omit({ trainingSeconds: true }),
    /** Number of comparisons in which one side was preferred. */
    decisive: z.int().nonnegative(),
    /** Accuracy of the reward model on held-out comparisons. */
    rewardAccuracy: z.number().min(0).max(1),
  }),
  title: ({ variant, wanted, seed }) => `align ${variant} ${wanted} seed ${seed}`,
  compute: async ({ device, pools, stages, input }, parameters) => {
    const aligner = new Aligner(device, stages, pools)
    const { aligned, reward, learning } = await aligner.align({
      ...parameters,
      agent: input('agent'),
    })
    const evaluation = evaluationOf(aligned)
    if (evaluation === undefined) throw new Error(`${aligned.file} is not a policy`)
    const { episodes, outcomes, intervals, meanDecisions } = evaluation
    const { trainingSeconds, ...learnt } = learning
    const value = {
      table: { episodes, outcomes, intervals, meanDecisions },
      learning: learnt,
      decisive: reward.labels.decisive,
      rewardAccuracy: reward.measured.test.accuracy,
    }
    return { value, trainingSeconds }
  },
})
