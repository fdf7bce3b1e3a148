import type { StyleWish } from '../../evaluation/index.ts'
import type { WishResult } from '../../procedure/index.ts'
import { defaultRecipe, type PlainRecipe } from '../../procedure/training/index.ts'
import { type CellRunner, inOrder } from '../cells/runner.ts'
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
  /** Number of fresh episodes that are recorded with the first seed. */
  readonly recorded: number
  /** Overrides of the tab's default recipes, by part. */
  readonly recipes?: Readonly<Record<string, Readonly<Record<string, number>>>>
}

const PARTS = ['reward', 'preference', 'reinforcement'] as const

/** Aligns every agent with every wish, with the tab's defaults; yields each result in a fixed order. */
export async function* alignWithWishes(
  runner: CellRunner,
  { starts, wishes, seeds, recorded, recipes = {}, ...sizes }: WishesPlan,
): AsyncGenerator<WishResult> {
  const { comparisons } = sizes
  const asked = seeds.flatMap((seed) =>
    wishes.flatMap((wish) =>
      Object.entries(starts).map(([start, path]) => ({ seed, wish, start, path })),
    ),
  )
  const complete: Record<string, PlainRecipe> = Object.fromEntries(
    PARTS.map((part) => [part, { ...defaultRecipe(part, { comparisons }), ...recipes[part] }]),
  )
  yield* inOrder(asked, runner.atOnce, async ({ path, ...each }): Promise<WishResult> => {
    const agent = await runner.provide(path)
    const { wish, seed } = each
    const parameters = {
      ...{ ...sizes, wish, seed, recipes: complete },
      recorded: seed === seeds[0] ? recorded : 0,
    }
    const { value, trainingSeconds } = await wishCell.ask(runner, parameters, { agent })
    return { ...each, comparisons, ...value, trainingSeconds }
  })
}
