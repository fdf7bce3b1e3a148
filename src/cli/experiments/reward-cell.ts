import { z } from 'zod'
import { expectConverged, finished, REWARD_FIELDS, readRecipe } from '../../alignment/index.ts'
import { rootKey, splitKey } from '../../island/index.ts'
import { memoryStore, ratioSchema, runReward } from '../../procedure/index.ts'
import { decisiveLabels, type HeldOut, label, type Pools } from '../align/pools.ts'
import { measureReward, testSet } from '../align/reward.ts'
import { TypedKind } from '../cells/kind.ts'
import { readModel } from '../read-model.ts'

/** Seed of the clips, batch orders and parameters used for tuning; nothing else uses it. */
export const TUNING_SEED = 100

const WANTED = 'left'

const setSchema = z.object({ clips: z.int().positive(), comparisons: z.int().positive() })

export const rewardParametersSchema = z.object({
  encoder: z.enum(['agent', 'random']),
  comparisons: z.int().positive(),
  seed: z.int().nonnegative(),
  clips: z.int().positive(),
  heldOut: setSchema,
  /** Complete recipe, so that a changed default is another cell. */
  recipe: z.record(z.string(), z.union([z.number(), z.string()])),
})

type RewardParameters = z.infer<typeof rewardParametersSchema>

/**
 * Trains a reward model on comparisons of the input `agent`'s episodes, and measures it on
 * validation clips, by which rates are chosen, and on test clips. No set shares a clip with another.
 */
export const rewardCell = new TypedKind({
  name: 'reward',
  parameters: rewardParametersSchema,
  value: z.object({
    /** Accuracy on validation clips. */
    validation: ratioSchema.shape.accuracy,
    test: ratioSchema,
    equalLength: ratioSchema,
  }),
  title: ({ encoder, comparisons, seed, recipe }) =>
    `sweep ${encoder} ${recipe.trunk} ${comparisons} at ${recipe.peakRate} seed ${seed}`,
  compute: async ({ device, pools, input }, { encoder, comparisons: count, seed, ...rest }) => {
    const path = input('agent')
    const agent = await readModel(path, 'policy')
    const ofAgent = await pools.of(path)
    const key = splitKey(rootKey(seed), 'training', 'reward', WANTED)
    const clips = await ofAgent.clips('labels', seed, rest.clips)
    const { comparisons } = label(clips, WANTED, count, key)
    const begun = performance.now()
    const learnt = await finished(
      runReward({
        ...{ device, agent, encoder, key, clips, comparisons },
        recipe: readRecipe(REWARD_FIELDS, rest.recipe),
        reference: clips.slice(0, 200),
        identity: '',
        store: memoryStore(),
      }),
    )
    const trainingSeconds = (performance.now() - begun) / 1000
    expectConverged(learnt)
    const held = await testSet(ofAgent, WANTED, rest.heldOut)
    const { test, equalLength } = await measureReward(device, learnt, held)
    const validation = await measureReward(device, learnt, await validationSet(ofAgent, rest))
    return { value: { validation: validation.test.accuracy, test, equalLength }, trainingSeconds }
  },
})

async function validationSet(
  pools: Pools,
  { heldOut }: Pick<RewardParameters, 'heldOut'>,
): Promise<HeldOut> {
  const clips = await pools.clips('validation', TUNING_SEED, heldOut.clips)
  const key = splitKey(rootKey(TUNING_SEED), 'tuning', 'pairs')
  return { clips, comparisons: decisiveLabels(clips, WANTED, heldOut.comparisons, key).comparisons }
}
