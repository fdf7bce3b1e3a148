import type { OutcomeTable } from '../../evaluation/index.ts'
import { ISLANDS, type Outcome, type TrainedOn } from '../../island/index.ts'
import type { VarietyResult } from '../../procedure/index.ts'
import { allInOrder, type CellRunner, inOrder } from '../cells/runner.ts'
import { type FineTunedParameters, fineTunedCell } from './fine-tuned-cell.ts'
import { islandDigests, islandPlayCell, parametersOf } from './island-cell.ts'
import { type ChangedRecipes, completeRecipes, namedChanges } from './judged-alignment.ts'
import { varietyCell } from './variety-cell.ts'

/** Islands that are played in training: the first, several, or the one where clips were compared. */
export const PLAYED = ['first', 'several', 'labelled'] as const

/** Experiment: does alignment carry over to other islands if several are played in training? */
export interface VarietyPlan {
  /** SHA-256 digest of the agent's ONNX file. */
  readonly agent: string
  readonly wanted: readonly Outcome[]
  readonly seeds: readonly number[]
  /** Islands that are played; with `labelled`, the clips are compared on `island` and it is played. */
  readonly played: readonly (typeof PLAYED)[number][]
  /** Id of the island that is otherwise only used to measure. */
  readonly island: string
  /** Number of pairs shown to the judge. */
  readonly comparisons: number
  readonly evaluationEpisodes: number
  /** Settings that replace the Train page's defaults, by part. */
  readonly changes?: ChangedRecipes
}

/**
 * Aligns the agent with play on the first island and on several, from the same labels, and with labels and
 * play on another island, with the same settings otherwise; yields each result in a fixed order.
 */
export async function* varyIslands(
  runner: CellRunner,
  { agent, wanted, seeds, played: ways, island, changes = {}, ...sizes }: VarietyPlan,
): AsyncGenerator<VarietyResult> {
  const { comparisons } = sizes
  const asked = seeds.flatMap((seed) =>
    wanted.flatMap((each) =>
      ways.map((played) => ({
        ...{ seed, wanted: each, played },
        ...(played === 'labelled' && { labelled: island }),
      })),
    ),
  )
  yield* inOrder(asked, runner.atOnce, async ({ played, ...each }): Promise<VarietyResult> => {
    const reinforcement = { ...changes.reinforcement, islands: played }
    const recipes = completeRecipes(comparisons, { ...changes, reinforcement })
    const parameters = { ...sizes, ...each, maps: islandDigests(), recipes }
    const { value, trainingSeconds } = await varietyCell.ask(runner, parameters, { agent })
    const changed = namedChanges(changes)
    return { ...each, played, comparisons, changes: changed, ...value, trainingSeconds }
  })
}

/** The same experiment with agents that the experiment trains itself. */
export interface PretrainingVarietyPlan extends Omit<VarietyPlan, 'agent'> {
  /** Islands that the imitated players are on. */
  readonly pretrained: readonly TrainedOn[]
  /** How agents are trained; each seed of the plan is also a seed of theirs. */
  readonly imitation: Omit<FineTunedParameters, 'seed' | 'islands'>
}

/**
 * Pre-trains and fine-tunes agents on the first island and on several, with the same number of episodes,
 * measures them on all islands, and aligns each as `varyIslands` does; yields the results of each agent.
 */
export async function* varyPretraining(
  runner: CellRunner,
  { pretrained, imitation, seeds, ...plan }: PretrainingVarietyPlan,
): AsyncGenerator<VarietyResult[]> {
  const asked = seeds.flatMap((seed) => pretrained.map((islands) => ({ seed, islands })))
  yield* inOrder(asked, runner.atOnce, async ({ seed, islands }) => {
    const parameters = { ...imitation, seed, islands }
    const { value, models } = await fineTunedCell.ask(runner, parameters, {})
    const agent = models['fine-tuned']
    if (agent === undefined) throw new Error(`No agent of size ${imitation.size} was made`)
    const tables = await playedEverywhere(runner, agent, plan.evaluationEpisodes)
    const trained = { size: imitation.size, islands, ...value, tables }
    const found: VarietyResult[] = []
    for await (const each of varyIslands(runner, { ...plan, agent, seeds: [seed] })) {
      found.push({ ...each, agent: trained })
    }
    return found
  })
}

/** Returns the outcomes of fresh episodes of a policy on all shipped islands, by the islands' ids. */
async function playedEverywhere(
  runner: CellRunner,
  policy: string,
  episodes: number,
): Promise<Record<string, OutcomeTable>> {
  const tables = await allInOrder(ISLANDS, runner.atOnce, async ({ id }) => {
    const parameters = { ...parametersOf(id), stage: 'fine-tuned', episodes }
    const { value } = await islandPlayCell.ask(runner, parameters, { policy })
    return [id, value] as const
  })
  return Object.fromEntries(tables)
}
