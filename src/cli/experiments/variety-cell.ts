import { z } from 'zod'
import {
  decisive,
  drawComparisons,
  finished,
  judgeFor,
  outcomeSchema,
} from '../../alignment/index.ts'
import { keepAgentClip, questionFor } from '../../alignment/labels/index.ts'
import type { OutcomeTable } from '../../evaluation/index.ts'
import { ISLANDS, rootKey, splitKey } from '../../island/index.ts'
import { memoryStore, recipeSchema, varietyMeasuredSchema } from '../../procedure/index.ts'
import {
  runTraining,
  type TrainingData,
  type TrainingPlan,
  trainingPlanSchema,
} from '../../procedure/training/index.ts'
import type { PoolClip } from '../align/pools.ts'
import { TypedKind } from '../cells/kind.ts'
import { readModel } from '../read-model.ts'
import { sha256 } from '../write-model.ts'
import { islandDigests, islandOf, playIsland } from './island-cell.ts'
import { judgedAlignmentPlan } from './judged-alignment.ts'

const parametersSchema = z.object({
  wanted: outcomeSchema,
  /** Seed of the clips, the pairs and the training. */
  seed: z.int().nonnegative(),
  /** Number of pairs shown to the judge. */
  comparisons: z.int().positive(),
  /** Id of the island on which the clips are compared; the first one if omitted. */
  labelled: z.string().optional(),
  /** Complete recipes by part; that of reinforcement learning names the islands that are played. */
  recipes: z.record(z.string(), recipeSchema),
  /** Digests of the maps that are played for the measurement, by the islands' ids. */
  maps: z.record(z.string(), z.string()),
  evaluationEpisodes: z.int().positive(),
})

/** Aligns the input `agent` with a judge, and measures it on all shipped islands. */
export const varietyCell = new TypedKind({
  name: 'variety',
  parameters: parametersSchema,
  value: varietyMeasuredSchema,
  title: ({ wanted, seed, recipes, labelled = 'home' }) =>
    `${wanted}, labels: ${labelled}, play: ${recipes.reinforcement?.islands}, seed ${seed}`,
  compute: async ({ device, pools, input }, parameters) => {
    const path = input('agent')
    const agent = await readModel(path, 'policy')
    const { maps, labelled, ...settings } = parameters
    if (JSON.stringify(maps) !== JSON.stringify(islandDigests())) {
      throw new Error(
        'Found other maps of the shipped islands than were asked for: start this worker from the same commit',
      )
    }
    const { seed, comparisons } = parameters
    const judged = judgedAlignmentPlan({ ...settings, agent: agent.digest })
    const data =
      labelled === undefined
        ? undefined
        : answeredOn(
            await (await pools.of(path)).clips('labels', seed, 2 * comparisons, islandOf(labelled)),
            parameters,
            agent.digest,
          )
    const begun = performance.now()
    const { policy = agent, stopped } = await finished(
      runTraining({
        plan: data ? planOn(data, judged, parameters) : judged,
        ...(data && { data }),
        start: agent,
        device,
        store: memoryStore(),
      }),
    )
    const trainingSeconds = (performance.now() - begun) / 1000
    const tables: Record<string, OutcomeTable> = {}
    for (const island of ISLANDS) {
      tables[island.id] = await playIsland(device, policy, island, parameters.evaluationEpisodes)
    }
    return { value: { stopped, tables }, trainingSeconds }
  },
})

type VarietyParameters = z.infer<typeof parametersSchema>

/** Returns a judge's answers to pairs of these clips, as the data of a person's training. */
function answeredOn(
  pool: readonly PoolClip[],
  { wanted, seed, comparisons: count }: VarietyParameters,
  agent: string,
): TrainingData {
  const key = splitKey(rootKey(seed), 'training', 'variety', wanted)
  const { comparisons } = drawComparisons(pool, judgeFor(wanted), count, key)
  return { clips: pool.map((episode) => keepAgentClip(episode, agent)), comparisons }
}

/** Returns the plan of a training on these answers, with everything else as in `judged`. */
function planOn(
  { comparisons }: TrainingData,
  judged: TrainingPlan,
  { wanted }: VarietyParameters,
): TrainingPlan {
  return trainingPlanSchema.parse({
    ...judged,
    labels: {
      kind: 'people',
      question: questionFor(wanted),
      comparisons: comparisons.length,
      decisive: decisive(comparisons).length,
      sha256: sha256(new TextEncoder().encode(JSON.stringify(comparisons))),
      elsewhere: true,
    },
  })
}
