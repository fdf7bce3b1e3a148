import type { Encoder, RewardRun, RewardTrial } from '../../procedure/index.ts'
import { rewardRecipe } from '../align/reward.ts'
import { allInOrder, type CellRunner, inOrder } from '../cells/runner.ts'
import { UsageError } from '../errors.ts'
import { rewardCell, TUNING_SEED } from './reward-cell.ts'

/** Settings of the reward model sweep. */
export interface SweepPlan {
  /** Path of the agent's ONNX file. */
  readonly agent: string
  /** Numbers of comparisons, with the training seeds of each. */
  readonly counts: readonly { readonly comparisons: number; readonly seeds: readonly number[] }[]
  /** Peak learning rates to try: the same number for each variant and number of comparisons. */
  readonly rates: Readonly<Record<Trunk, readonly number[]>>
  readonly clips: number
  readonly heldOut: { readonly clips: number; readonly comparisons: number }
  /** Overrides of the default recipe. */
  readonly recipe?: Readonly<Record<string, number>>
  /** Trials of an earlier sweep with the same settings, which are not repeated. */
  readonly tried?: readonly RewardTrial[]
}

const FEW_SEEDS = [1, 2, 3, 4, 5]
/** As many as in the paper; affordable where a training is short, and needed where it varies most. */
const MANY_SEEDS = Array.from({ length: 20 }, (_, index) => index + 1)

export const SWEEP = {
  counts: [
    { comparisons: 50, seeds: MANY_SEEDS },
    { comparisons: 100, seeds: MANY_SEEDS },
    { comparisons: 500, seeds: FEW_SEEDS },
    { comparisons: 1000, seeds: FEW_SEEDS },
    { comparisons: 5000, seeds: FEW_SEEDS },
  ],
  // With a frozen trunk only 129 parameters are trained: they tolerate, and need, a higher rate.
  rates: { trained: [3e-4, 1e-3, 3e-3], frozen: [3e-3, 1e-2, 3e-2] },
  clips: 2000,
  heldOut: { clips: 400, comparisons: 2000 },
} as const

type Counts = SweepPlan['counts']

/** Numbers of comparisons, and training seeds, that a part of a sweep is limited to. */
interface Chosen {
  readonly comparisons?: readonly number[] | undefined
  readonly seeds?: readonly number[] | undefined
}

/**
 * Returns the chosen numbers of comparisons with the chosen of their seeds; all where none are chosen.
 * Throws a `UsageError` if one of them is not in the sweep, or a number of comparisons has none of the seeds.
 */
export function countsOf(all: Counts, { comparisons, seeds }: Chosen): Counts {
  const counts = all
    .filter((each) => comparisons?.includes(each.comparisons) ?? true)
    .map((each) => ({
      ...each,
      seeds: each.seeds.filter((seed) => seeds?.includes(seed) ?? true),
    }))
  const hasCounts = comparisons?.every((count) => counts.some((each) => each.comparisons === count))
  const hasSeeds = seeds?.every((seed) => counts.some((each) => each.seeds.includes(seed)))
  const isFull = counts.every((each) => each.seeds.length > 0)
  if ((hasCounts ?? true) && (hasSeeds ?? true) && isFull) return counts
  const known = all.map((each) => `${each.comparisons} (seeds ${each.seeds.join(', ')})`)
  throw new UsageError(
    `Found numbers of comparisons or seeds that the sweep does not have together: expected some of ${known.join(', ')}; choose with --comparisons and --seeds`,
  )
}

const ENCODERS = ['agent', 'random'] as const
const TRUNKS = ['trained', 'frozen'] as const
type Trunk = (typeof TRUNKS)[number]

interface Variant {
  readonly encoder: Encoder
  readonly trunk: Trunk
  readonly comparisons: number
}

/** Results of a sweep so far. */
export interface SweepRuns {
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
  const { tried = [] } = plan
  const trials = await allInOrder(trialsOf(plan), runner.atOnce, async (trial) => {
    const known = tried.find((each) => isSameTrial(each, trial))
    if (known !== undefined) return known
    const { rate, ...variant } = trial
    const { value } = await ask(variant, rate, TUNING_SEED)
    return { ...trial, accuracy: value.validation }
  })
  const asked = runsOf(plan)
  const found = inOrder(asked, runner.atOnce, async ({ seed, variant }): Promise<RewardRun> => {
    const rate = bestRate(trials, variant)
    const { test, equalLength } = (await ask(variant, rate, seed)).value
    return { ...variant, seed, rate, test, equalLength }
  })
  const runs: RewardRun[] = []
  for await (const run of found) {
    runs.push(run)
    if (asked[runs.length]?.seed !== run.seed) yield { runs: [...runs], trials }
  }
}

/** Returns the runs of a plan. Those with the same seed, which share the agent's rollouts, are adjacent. */
function runsOf(plan: SweepPlan): { readonly seed: number; readonly variant: Variant }[] {
  const seeds = new Set(plan.counts.flatMap((count) => count.seeds))
  return [...seeds]
    .toSorted((a, b) => a - b)
    .flatMap((seed) =>
      variantsOf(plan.counts.filter((count) => count.seeds.includes(seed))).map((variant) => ({
        seed,
        variant,
      })),
    )
}

function variantsOf(counts: Counts): Variant[] {
  return ENCODERS.flatMap((encoder) =>
    TRUNKS.flatMap((trunk) => counts.map(({ comparisons }) => ({ encoder, trunk, comparisons }))),
  )
}

type UnknownTrial = Omit<RewardTrial, 'accuracy'>

function trialsOf({ counts, rates }: SweepPlan): UnknownTrial[] {
  return variantsOf(counts).flatMap((variant) =>
    rates[variant.trunk].map((rate) => ({ ...variant, rate })),
  )
}

function isSameTrial(first: UnknownTrial, second: UnknownTrial): boolean {
  return isSameVariant(first, second) && first.rate === second.rate
}

function isSameVariant(first: Variant, second: Variant): boolean {
  return (
    first.encoder === second.encoder &&
    first.trunk === second.trunk &&
    first.comparisons === second.comparisons
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
  const own = trials.filter((trial) => isSameVariant(trial, variant))
  const [best] = own.toSorted((a, b) => b.accuracy - a.accuracy)
  if (best === undefined) throw new Error('No learning rate was tried')
  return best.rate
}
