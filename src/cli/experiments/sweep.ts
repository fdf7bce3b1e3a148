import type { Encoder, RewardRun, RewardTrial } from '../../procedure/index.ts'
import { rewardRecipe } from '../align/reward.ts'
import { allInOrder, type CellRunner, inOrder } from '../cells/runner.ts'
import { rewardCell, TUNING_SEED } from './reward-cell.ts'

/** Settings of the reward model sweep. */
export interface SweepPlan {
  /** Path of the agent's ONNX file. */
  readonly agent: string
  readonly counts: readonly number[]
  readonly seeds: readonly number[]
  /** Peak learning rates to try: the same number for each variant and number of comparisons. */
  readonly rates: Readonly<Record<Trunk, readonly number[]>>
  readonly clips: number
  readonly heldOut: { readonly clips: number; readonly comparisons: number }
  /** Overrides of the default recipe. */
  readonly recipe?: Readonly<Record<string, number>>
}

export const SWEEP = {
  counts: [50, 100, 500, 1000, 5000],
  seeds: [1, 2, 3, 4, 5],
  // With a frozen trunk only 129 parameters are trained: they tolerate, and need, a higher rate.
  rates: { trained: [3e-4, 1e-3, 3e-3], frozen: [3e-3, 1e-2, 3e-2] },
  clips: 2000,
  heldOut: { clips: 400, comparisons: 2000 },
} as const

const ENCODERS = ['agent', 'random'] as const
const TRUNKS = ['trained', 'frozen'] as const
type Trunk = (typeof TRUNKS)[number]

interface Variant {
  readonly encoder: Encoder
  readonly trunk: Trunk
  readonly comparisons: number
}

interface SweepRuns {
  readonly runs: readonly RewardRun[]
  readonly trials: readonly RewardTrial[]
}

/**
 * Trains reward models for every encoder, frozen or trained trunk, and number of comparisons, in two
 * phases: cells that try learning rates, then cells with the best rate of each variant. Partial
 * results are yielded after each seed, always in the same order.
 */
export async function* sweep(runner: CellRunner, plan: SweepPlan): AsyncGenerator<SweepRuns> {
  const agent = await runner.provide(plan.agent)
  const ask = (variant: Variant, rate: number, seed: number) =>
    rewardCell.ask(runner, parametersOf(plan, variant, rate, seed), { agent })
  const trials = await allInOrder(trialsOf(plan), runner.atOnce, async ({ variant, rate }) => {
    const { value } = await ask(variant, rate, TUNING_SEED)
    return { ...variant, rate, accuracy: value.validation }
  })
  const variants = variantsOf(plan)
  // Seeds form the outer loop because cells with the same seed share the agent's rollouts.
  const asked = plan.seeds.flatMap((seed) => variants.map((variant) => ({ seed, variant })))
  const found = inOrder(asked, runner.atOnce, async ({ seed, variant }): Promise<RewardRun> => {
    const rate = bestRate(trials, variant)
    const { test, equalLength } = (await ask(variant, rate, seed)).value
    return { ...variant, seed, rate, test, equalLength }
  })
  const runs: RewardRun[] = []
  for await (const run of found) {
    runs.push(run)
    if (runs.length % variants.length === 0) yield { runs: [...runs], trials }
  }
}

function variantsOf({ counts }: SweepPlan): Variant[] {
  return ENCODERS.flatMap((encoder) =>
    TRUNKS.flatMap((trunk) => counts.map((comparisons) => ({ encoder, trunk, comparisons }))),
  )
}

function trialsOf(plan: SweepPlan): { variant: Variant; rate: number }[] {
  return variantsOf(plan).flatMap((variant) =>
    plan.rates[variant.trunk].map((rate) => ({ variant, rate })),
  )
}

function parametersOf(
  { clips, heldOut, recipe }: SweepPlan,
  { encoder, trunk, comparisons }: Variant,
  peakRate: number,
  seed: number,
) {
  return {
    ...{ encoder, comparisons, seed, clips, heldOut },
    recipe: rewardRecipe(comparisons, { ...recipe, trunk, peakRate }),
  }
}

function bestRate(trials: readonly RewardTrial[], variant: Variant): number {
  const own = trials.filter(
    ({ encoder, trunk, comparisons }) =>
      encoder === variant.encoder && trunk === variant.trunk && comparisons === variant.comparisons,
  )
  const [best] = own.toSorted((a, b) => b.accuracy - a.accuracy)
  if (best === undefined) throw new Error('No learning rate was tried')
  return best.rate
}
