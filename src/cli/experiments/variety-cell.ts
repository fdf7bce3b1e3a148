import { z } from 'zod'
import { finished, outcomeSchema } from '../../alignment/index.ts'
import { outcomeTable, reportingBeginnings } from '../../evaluation/index.ts'
import { ISLANDS, rootKey, splitKey, worldOf } from '../../island/index.ts'
import { importModel } from '../../network/index.ts'
import {
  memoryStore,
  type NetworkParameters,
  playPolicy,
  recipeSchema,
  varietyMeasuredSchema,
} from '../../procedure/index.ts'
import { runTraining } from '../../procedure/training/index.ts'
import type { Device } from '../../runtime/index.ts'
import { TypedKind } from '../cells/kind.ts'
import { readModelFile } from '../evaluate.ts'
import { sha256 } from '../write-model.ts'
import { islandDigests } from './island-cell.ts'
import { judgedAlignmentPlan } from './judged-alignment.ts'

/** Seed of the fresh episodes: the same on all islands, and for all agents. */
const SEED = 20260

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

type VarietyParameters = z.infer<typeof parametersSchema>

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
      throw new Error('The shipped islands are others than those that were asked for')
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
    const tables = await tablesOf(device, policy, parameters)
    return { value: { stopped, tables }, trainingSeconds }
  },
})

/** Plays fresh episodes on every shipped island; resolves with their outcomes by the islands' ids. */
async function tablesOf(
  device: Device,
  policy: NetworkParameters,
  { evaluationEpisodes }: VarietyParameters,
) {
  const act = splitKey(rootKey(SEED), 'reporting', 'act')
  const tables = []
  for (const { id, map } of ISLANDS) {
    const beginnings = reportingBeginnings(SEED, 'spawn', evaluationEpisodes, map)
    const played = await playPolicy(device, policy, beginnings, act)
    const { endings } = worldOf({ island: map })
    const table = outcomeTable(
      played.map(({ trajectory }) => trajectory),
      endings,
    )
    tables.push([id, table] as const)
  }
  return Object.fromEntries(tables)
}
