import type { Outcome } from '../../island/index.ts'
import type { MethodResult } from '../../procedure/index.ts'
import { defaultRecipe, METHODS, PARTS, type PlainRecipe } from '../../procedure/training/index.ts'
import { type CellRunner, inOrder } from '../cells/runner.ts'
import { namedChanges } from './judged-alignment.ts'
import { type LabelMethod, methodCell } from './method-cell.ts'

/** Comparison of the methods that learn from labels. */
export interface MethodsPlan {
  /** Path of the agent's ONNX file. */
  readonly agent: string
  readonly methods: readonly LabelMethod[]
  readonly wanted: readonly Outcome[]
  /** Numbers of answers that prefer one clip. */
  readonly counts: readonly number[]
  readonly seeds: readonly number[]
  /** Rule that picks the pairs: by chance if omitted. */
  readonly pairs?: 'telling' | undefined
  /** Number of clips that pairs are drawn from. */
  readonly clips: number
  readonly evaluationEpisodes: number
  /** Overrides of the tab's default recipes, by part. */
  readonly recipes?: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** Random pairs shown for each answer that prefers a clip, about: on which the defaults of the tab depend. */
const PAIRS_PER_ANSWER = 2.8

/**
 * Trains the agent by every method with the tab's defaults, on the same answers for each seed. Yields all
 * results so far whenever a seed is complete, always in the same order.
 */
export async function* compareMethods(
  runner: CellRunner,
  plan: MethodsPlan,
): AsyncGenerator<readonly MethodResult[]> {
  const agent = await runner.provide(plan.agent)
  const { clips, evaluationEpisodes, pairs } = plan
  // Seeds form the outer loop because cells with the same seed share the agent's rollouts.
  const asked = plan.seeds.flatMap((seed) =>
    plan.counts.flatMap((decisive) =>
      plan.wanted.flatMap((wanted) =>
        plan.methods.map((method) => ({ seed, decisive, wanted, method, ...(pairs && { pairs }) })),
      ),
    ),
  )
  const found = inOrder(asked, runner.atOnce, async (each): Promise<MethodResult> => {
    const recipes = recipesOf(plan, each.method, each.decisive)
    const parameters = { ...each, clips, evaluationEpisodes, recipes }
    const { value, trainingSeconds } = await methodCell.ask(runner, parameters, { agent })
    const changed = namedChanges(plan.recipes ?? {})
    const changes = Object.keys(changed).length > 0 ? { changes: changed } : {}
    return { ...each, ...value, trainingSeconds, ...changes }
  })
  const results: MethodResult[] = []
  const perSeed = asked.length / plan.seeds.length
  for await (const result of found) {
    results.push(result)
    if (results.length % perSeed === 0) yield [...results]
  }
}

function recipesOf(
  { recipes = {}, pairs }: MethodsPlan,
  method: LabelMethod,
  decisive: number,
): Record<string, PlainRecipe> {
  // Every answer to a telling pair prefers a clip.
  const comparisons = pairs ? decisive : Math.round(PAIRS_PER_ANSWER * decisive)
  const amount = { comparisons, decisive }
  const parts = METHODS[method]
    // A plan of an alignment names the settings of preference fine-tuning whether or not it is used.
    .parts({ preferenceFineTuning: true })
    .filter((part) => Object.keys(PARTS[part].fields).length > 0)
  return Object.fromEntries(
    parts.map((part) => [part, { ...defaultRecipe(part, amount), ...recipes[part] }]),
  )
}
