import type { Outcome } from '../../island/index.ts'
import type { VarietyResult } from '../../procedure/index.ts'
import { defaultRecipe, type PlainRecipe } from '../../procedure/training/index.ts'
import { type CellRunner, inOrder } from '../cells/runner.ts'
import { islandDigests } from './island-cell.ts'
import { varietyCell } from './variety-cell.ts'

/** Experiment: does alignment carry over to other islands if several are played in training? */
export interface VarietyPlan {
  /** Path of the agent's ONNX file. */
  readonly agent: string
  readonly wanted: readonly Outcome[]
  readonly seeds: readonly number[]
  /** Number of pairs shown to the judge. */
  readonly comparisons: number
  readonly evaluationEpisodes: number
  /** Overrides of the tab's default recipes, by part. */
  readonly recipes?: Readonly<Record<string, Readonly<Record<string, number>>>>
}

const PLAYED = ['first', 'several'] as const
const PARTS = ['reward', 'preference', 'reinforcement'] as const

/**
 * Aligns the agent from the same labels with play on the first island and on several, with the tab's
 * defaults otherwise; yields each result in a fixed order.
 */
export async function* varyIslands(
  runner: CellRunner,
  { agent: path, wanted, seeds, recipes = {}, ...sizes }: VarietyPlan,
): AsyncGenerator<VarietyResult> {
  const { comparisons } = sizes
  const agent = await runner.provide(path)
  const asked = seeds.flatMap((seed) =>
    wanted.flatMap((each) => PLAYED.map((played) => ({ seed, wanted: each, played }))),
  )
  yield* inOrder(asked, runner.atOnce, async ({ played, ...each }): Promise<VarietyResult> => {
    const complete: Record<string, PlainRecipe> = Object.fromEntries(
      PARTS.map((part) => [part, { ...defaultRecipe(part, { comparisons }), ...recipes[part] }]),
    )
    const reinforcement = { ...complete.reinforcement, islands: played }
    const parameters = {
      ...{ ...sizes, ...each, maps: islandDigests() },
      recipes: { ...complete, reinforcement },
    }
    const { value, trainingSeconds } = await varietyCell.ask(runner, parameters, { agent })
    return { ...each, played, comparisons, ...value, trainingSeconds }
  })
}
