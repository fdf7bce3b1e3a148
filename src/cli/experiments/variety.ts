import type { Outcome } from '../../island/index.ts'
import type { VarietyResult } from '../../procedure/index.ts'
import { type CellRunner, inOrder } from '../cells/runner.ts'
import { islandDigests } from './island-cell.ts'
import { type ChangedRecipes, completeRecipes, namedChanges } from './judged-alignment.ts'
import { varietyCell } from './variety-cell.ts'

/** Islands that are played in training: the first, several, or the one where clips were compared. */
export const PLAYED = ['first', 'several', 'labelled'] as const

/** Experiment: does alignment carry over to other islands if several are played in training? */
export interface VarietyPlan {
  /** Path of the agent's ONNX file. */
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
  { agent: path, wanted, seeds, played: ways, island, changes = {}, ...sizes }: VarietyPlan,
): AsyncGenerator<VarietyResult> {
  const { comparisons } = sizes
  const agent = await runner.provide(path)
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
