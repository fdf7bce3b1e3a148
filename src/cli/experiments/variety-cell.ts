import { z } from 'zod'
import { finished, outcomeSchema } from '../../alignment/index.ts'
import type { OutcomeTable } from '../../evaluation/index.ts'
import { ISLANDS } from '../../island/index.ts'
import { importModel } from '../../network/index.ts'
import { memoryStore, recipeSchema, varietyMeasuredSchema } from '../../procedure/index.ts'
import { runTraining } from '../../procedure/training/index.ts'
import { TypedKind } from '../cells/kind.ts'
import { readModelFile } from '../evaluate.ts'
import { sha256 } from '../write-model.ts'
import { islandDigests, playIsland } from './island-cell.ts'
import { judgedAlignmentPlan } from './judged-alignment.ts'

const parametersSchema = z.object({
  wanted: outcomeSchema,
  /** Seed of the clips, the pairs and the training. */
  seed: z.int().nonnegative(),
  /** Number of pairs shown to the judge. */
  comparisons: z.int().positive(),
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
  title: ({ wanted, seed, recipes }) =>
    `${wanted}, islands: ${recipes.reinforcement?.islands}, seed ${seed}`,
  compute: async ({ device, input }, parameters) => {
    const bytes = await readModelFile(input('agent'))
    const agent = importModel(bytes)
    const { maps, ...settings } = parameters
    if (JSON.stringify(maps) !== JSON.stringify(islandDigests())) {
      throw new Error(
        'Found other maps of the shipped islands than were asked for: start this worker from the same commit',
      )
    }
    const begun = performance.now()
    const { policy = agent, stopped } = await finished(
      runTraining({
        plan: judgedAlignmentPlan({ ...settings, agent: sha256(bytes) }),
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
