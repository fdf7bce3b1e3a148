import { z } from 'zod'
import {
  drawComparisons,
  finished,
  judgeFor,
  outcomeSchema,
  preferredClip,
} from '../../alignment/index.ts'
import { keepAgentClip, questionFor } from '../../alignment/labels/index.ts'
import { outcomeTable } from '../../evaluation/index.ts'
import { rootKey, splitKey, WORLD_VERSION } from '../../island/index.ts'
import { importModel } from '../../network/index.ts'
import { memoryStore, outcomeTableSchema, recipeSchema } from '../../procedure/index.ts'
import {
  PLAN_VERSION,
  runTraining,
  type TrainingData,
  type TrainingPlan,
  trainingPlanSchema,
} from '../../procedure/training/index.ts'
import type { PoolClip } from '../align/pools.ts'
import { TypedKind } from '../cells/kind.ts'
import { readModelFile } from '../evaluate.ts'
import { sha256 } from '../write-model.ts'
import { playFresh } from './fresh-play.ts'

/** Methods that learn from labels and end with a policy. */
export const LABEL_METHODS = ['align', 'contrastive', 'best-of-play'] as const
export type LabelMethod = (typeof LABEL_METHODS)[number]

const parametersSchema = z.object({
  method: z.enum(LABEL_METHODS),
  wanted: outcomeSchema,
  /** Seed of the clips, the pairs and the training. */
  seed: z.int().nonnegative(),
  /** Number of clips that pairs are drawn from, each in turn: up to half as many pairs share no clip. */
  clips: z.int().positive(),
  /** Number of answers that prefer one clip. */
  decisive: z.int().positive(),
  /** Complete recipes by part, so that a changed default is another cell. */
  recipes: z.record(z.string(), recipeSchema),
  evaluationEpisodes: z.int().positive(),
})

type MethodParameters = z.infer<typeof parametersSchema>

/**
 * Trains the input `agent` by one method on a judge's answers, as a person's labels are trained on in the
 * tab, and measures the policy in fresh episodes.
 */
export const methodCell = new TypedKind({
  name: 'method',
  parameters: parametersSchema,
  value: z.object({
    /** Number of pairs that were answered, ties included. */
    asked: z.int().positive(),
    stopped: z.string(),
    table: outcomeTableSchema,
    /** KL divergence from the starting policy in the fresh episodes, nats per episode. */
    kl: z.number(),
  }),
  title: ({ method, wanted, seed, decisive }) =>
    `${method} ${wanted} from ${decisive} answers, seed ${seed}`,
  compute: async ({ device, pools, input }, parameters) => {
    const path = input('agent')
    const bytes = await readModelFile(path)
    const agent = importModel(bytes)
    const { seed, clips, evaluationEpisodes } = parameters
    const pool = await (await pools.of(path)).clips('labels', seed, clips)
    const data = answered(pool, parameters, sha256(bytes))
    const plan = planOf(parameters, data, sha256(bytes))
    const begun = performance.now()
    const { policy = agent, stopped } = await finished(
      runTraining({ plan, start: agent, data, device, store: memoryStore() }),
    )
    const trainingSeconds = (performance.now() - begun) / 1000
    const { trajectories, kl } = await playFresh(device, agent, policy, evaluationEpisodes)
    const table = outcomeTable(trajectories)
    return { value: { asked: data.comparisons.length, stopped, table, kl }, trainingSeconds }
  },
})

/**
 * Returns the pairs that a judge answers until enough answers prefer one clip, with their clips, as the
 * data of a person's training. Throws if there are too few such pairs.
 */
function answered(
  pool: readonly PoolClip[],
  { wanted, seed, decisive }: MethodParameters,
  agent: string,
): TrainingData {
  const key = splitKey(rootKey(seed), 'training', 'methods', wanted)
  const most = (pool.length * (pool.length - 1)) / 2
  const pairs = Math.min(most, 20 * decisive)
  const { comparisons } = drawComparisons(pool, judgeFor(wanted), pairs, splitKey(key, 'pairs'))
  let decided = 0
  const end = comparisons.findIndex((each) => {
    if (preferredClip(each) !== undefined) decided++
    return decided === decisive
  })
  if (end < 0) {
    throw new Error(
      `The judge preferred a clip in ${decided} of ${comparisons.length} pairs, expected ${decisive}: choose an agent that reaches the ${wanted} jumppad more often`,
    )
  }
  const places = new Map<number, number>()
  const place = (clip: number): number => {
    const found = places.get(clip) ?? places.size
    places.set(clip, found)
    return found
  }
  const kept = comparisons
    .slice(0, end + 1)
    .map(({ first, second, verdict }) => ({ first: place(first), second: place(second), verdict }))
  const clips = [...places.keys()].flatMap((index) => pool[index] ?? [])
  return { clips: clips.map((episode) => keepAgentClip(episode, agent)), comparisons: kept }
}

function planOf(
  { method, wanted, seed, decisive, recipes }: MethodParameters,
  { comparisons }: TrainingData,
  agent: string,
): TrainingPlan {
  return trainingPlanSchema.parse({
    ...{ version: PLAN_VERSION, worldVersion: WORLD_VERSION, seed, kind: method },
    start: { name: 'agent', sha256: agent },
    labels: {
      kind: 'people',
      question: questionFor(wanted),
      comparisons: comparisons.length,
      decisive,
      sha256: sha256(new TextEncoder().encode(JSON.stringify(comparisons))),
    },
    ...(method === 'contrastive' ? { recipe: recipes.contrastive } : { recipes }),
    ...(method === 'align' ? { preferenceFineTuning: false } : {}),
  })
}
