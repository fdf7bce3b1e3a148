import type { StyleWish } from '../../evaluation/index.ts'
import type { WishResult } from '../../procedure/index.ts'
import { type CellRunner, inOrder } from '../cells/runner.ts'
import { type ChangedRecipes, completeRecipes, namedChanges } from './judged-alignment.ts'
import { wishCell } from './wish-cell.ts'

/** Demonstrations of wishes about style. */
export interface WishesPlan {
  /** Paths of the ONNX files of the agents to start from, by stage. */
  readonly starts: Readonly<Record<string, string>>
  readonly wishes: readonly StyleWish[]
  readonly seeds: readonly number[]
  /** Number of pairs shown to the judge. */
  readonly comparisons: number
  readonly evaluationEpisodes: number
  /** Settings that replace the Train page's defaults, by part. */
  readonly changes?: ChangedRecipes
}

/** Aligns every agent with every wish; yields each result in a fixed order. */
export async function* alignWithWishes(
  runner: CellRunner,
  { starts, wishes, seeds, changes = {}, ...sizes }: WishesPlan,
): AsyncGenerator<WishResult> {
  const { comparisons } = sizes
  const asked = seeds.flatMap((seed) =>
    wishes.flatMap((wish) =>
      Object.entries(starts).map(([start, path]) => ({ seed, wish, start, path })),
    ),
  )
  const recipes = completeRecipes(comparisons, changes)
  yield* inOrder(asked, runner.atOnce, async ({ path, ...each }): Promise<WishResult> => {
    const agent = await runner.provide(path)
    const { wish, seed } = each
    const parameters = { ...sizes, wish, seed, recipes }
    const { value, trainingSeconds } = await wishCell.ask(runner, parameters, { agent })
    return { ...each, comparisons, changes: namedChanges(changes), ...value, trainingSeconds }
  })
}
