import { z } from 'zod'
import { TRAINED_ON } from '../../island/index.ts'
import { SIZE_NAMES } from '../../network/index.ts'
import { TypedKind } from '../cells/kind.ts'
import { makeFineTuned } from '../pipeline/imitators.ts'

const recipe = z.record(z.string(), z.union([z.number(), z.string()]))
const count = z.int().positive()

const parametersSchema = z.object({
  size: z.enum(SIZE_NAMES),
  seed: z.int().nonnegative(),
  pretrainingEpisodes: count,
  curatedClips: count,
  evaluationEpisodes: count,
  /** Complete recipes. */
  imitation: z.object({ base: recipe, 'fine-tuned': recipe }),
  /** Islands that the players of both stages are on; the first one if omitted. */
  islands: z.enum(TRAINED_ON).optional(),
})

export type FineTunedParameters = z.infer<typeof parametersSchema>

/** Trains base and fine-tuned agents of one network size; the latter is the model `fine-tuned`. */
export const fineTunedCell = new TypedKind({
  name: 'fine-tuned',
  parameters: parametersSchema,
  value: z.object({
    /** Number of updates of pre-training. */
    pretrainingUpdates: z.int().nonnegative(),
  }),
  title: ({ size, seed, islands }) =>
    `fine-tuned agent of size ${size}${islands ? `, islands: ${islands},` : ''} seed ${seed}`,
  compute: async ({ stages, threads }, parameters) => {
    const { base, 'fine-tuned': tuned } = await makeFineTuned(
      stages.within(parameters.size),
      parameters,
      threads,
    )
    return {
      value: { pretrainingUpdates: base.entry.scores.step },
      models: { 'fine-tuned': tuned.path },
      trainingSeconds: base.entry.scores.trainingSeconds + tuned.entry.scores.trainingSeconds,
    }
  },
})
