import { z } from 'zod'
import {
  type Comparison,
  drawComparisons,
  finished,
  judgedPairs,
  judgeFor,
  outcomeSchema,
  preferredClip,
} from '../../alignment/index.ts'
import {
  keepAgentClip,
  type Pair,
  pairKey,
  pickTelling,
  questionFor,
} from '../../alignment/labels/index.ts'
import { outcomeTable } from '../../evaluation/index.ts'
import { type Key, RandomStream, rootKey, splitKey, WORLD_VERSION } from '../../island/index.ts'
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
import { readModel } from '../read-model.ts'
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
  /** Rule that picks the pairs: by chance if omitted. */
  pairs: z.literal('telling').optional(),
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
  title: ({ method, wanted, seed, decisive, pairs }) =>
    `${method} ${wanted} from ${decisive} answers${pairs ? ' to telling pairs' : ''}, seed ${seed}`,
  compute: async ({ device, pools, input }, parameters) => {
    const path = input('agent')
    const agent = await readModel(path, 'policy')
    const { seed, clips, evaluationEpisodes } = parameters
    const pool = await (await pools.of(path)).clips('labels', seed, clips)
    const data = answered(pool, parameters, agent.digest)
    const plan = planOf(parameters, data, agent.digest)
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
  parameters: MethodParameters,
  agent: string,
): TrainingData {
  const { wanted, decisive } = parameters
  const comparisons = parameters.pairs ? tellingOf(pool, parameters) : drawnOf(pool, parameters)
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

function keyOf({ seed, wanted }: MethodParameters): Key {
  return splitKey(rootKey(seed), 'training', 'methods', wanted)
}

/** Returns a judge's answers to pairs that are drawn at random. */
function drawnOf(pool: readonly PoolClip[], parameters: MethodParameters): readonly Comparison[] {
  const { wanted, decisive } = parameters
  const most = (pool.length * (pool.length - 1)) / 2
  const count = Math.min(most, 20 * decisive)
  const key = splitKey(keyOf(parameters), 'pairs')
  return drawComparisons(pool, judgeFor(wanted), count, key).comparisons
}

/** Returns a judge's answers to pairs of which exactly one clip reaches the wanted jumppad. */
function tellingOf(pool: readonly PoolClip[], parameters: MethodParameters): Comparison[] {
  const { wanted, decisive } = parameters
  const clips = pool.map((_, index) => String(index))
  const endings = new Map(pool.map(({ ending }, index) => [String(index), ending]))
  const random = new RandomStream(splitKey(keyOf(parameters), 'telling pairs'))
  const shown: Pair[] = []
  const taken = new Set<string>()
  while (shown.length < decisive) {
    const pair = pickTelling(wanted, endings, { clips, shown, taken, random })
    if (pair === undefined) break
    taken.add(pairKey(pair.first, pair.second))
    shown.push(pair)
  }
  const pairs = shown.map(({ first, second }) => ({ first: Number(first), second: Number(second) }))
  return judgedPairs(pool, pairs, judgeFor(wanted))
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
