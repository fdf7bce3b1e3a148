import { expectConverged, finished } from '../../alignment/index.ts'
import { rootKey, splitKey } from '../../island/index.ts'
import { importModel } from '../../network/index.ts'
import {
  type Encoder,
  memoryStore,
  type NetworkParameters,
  type RewardRun,
  type RewardTrial,
  rewardSteps,
  runReward,
} from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { type HeldOut, label, Pools } from '../align/pools.ts'
import { measureReward, rewardRecipe, testSet } from '../align/reward.ts'
import { readModelFile } from '../evaluate.ts'
import type { StageCache } from '../stage-cache.ts'

/** Settings of the reward model sweep. */
export interface SweepPlan {
  readonly agent: string
  readonly counts: readonly number[]
  readonly seeds: readonly number[]
  /** Peak learning rates to try: the same number for each variant and number of comparisons. */
  readonly rates: Readonly<Record<Trunk, readonly number[]>>
  readonly clips: number
  readonly heldOut: { readonly clips: number; readonly comparisons: number }
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
/** Seed of the clips, batch orders and parameters used for tuning; nothing else uses it. */
const TUNING_SEED = 100
const WANTED = 'left'

interface Variant {
  readonly encoder: Encoder
  readonly trunk: Trunk
  readonly comparisons: number
}

/**
 * Trains reward models for every encoder, frozen or trained trunk, and number of comparisons.
 * Learning rates are chosen on validation clips, and every run is measured on the same test clips;
 * neither set shares a clip with the training data. Every cell is cached; partial results are
 * yielded after each seed.
 */
export async function* sweep(
  device: Device,
  workshop: StageCache,
  plan: SweepPlan,
): AsyncGenerator<{ runs: readonly RewardRun[]; trials: readonly RewardTrial[] }> {
  const agent = importModel(await readModelFile(plan.agent))
  const pools = new Pools(device, agent)
  const variants: Variant[] = ENCODERS.flatMap((encoder) =>
    TRUNKS.flatMap((trunk) => plan.counts.map((comparisons) => ({ encoder, trunk, comparisons }))),
  )
  const trials: RewardTrial[] = []
  for (const variant of variants) {
    for (const rate of plan.rates[variant.trunk]) {
      const { validation: accuracy } = await cell(
        device,
        workshop,
        plan,
        pools,
        agent,
        variant,
        rate,
        TUNING_SEED,
      )
      trials.push({ ...variant, rate, accuracy })
    }
  }
  const runs: RewardRun[] = []
  for (const seed of plan.seeds) {
    for (const variant of variants) {
      const rate = bestRate(trials, variant)
      const { test, equalLength } = await cell(
        device,
        workshop,
        plan,
        pools,
        agent,
        variant,
        rate,
        seed,
      )
      runs.push({ ...variant, seed, rate, test, equalLength })
    }
    yield { runs: [...runs], trials }
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

interface Cell {
  readonly validation: number
  readonly test: RewardRun['test']
  readonly equalLength: RewardRun['equalLength']
}

async function cell(
  device: Device,
  workshop: StageCache,
  plan: SweepPlan,
  pools: Pools,
  agent: NetworkParameters,
  variant: Variant,
  rate: number,
  seed: number,
): Promise<Cell> {
  const { encoder, trunk, comparisons } = variant
  const { value } = await workshop.made({
    name: `sweep ${encoder} ${trunk} ${comparisons} at ${rate} seed ${seed}`,
    settings: { clips: plan.clips, heldOut: plan.heldOut, steps: rewardSteps(comparisons) },
    reads: [plan.agent],
    make: () => train(device, plan, pools, agent, variant, rate, seed),
  })
  return value
}

async function train(
  device: Device,
  plan: SweepPlan,
  pools: Pools,
  agent: NetworkParameters,
  { encoder, trunk, comparisons: count }: Variant,
  rate: number,
  seed: number,
): Promise<Cell> {
  const key = splitKey(rootKey(seed), 'training', 'reward', WANTED)
  const clips = await pools.clips('labels', seed, plan.clips)
  const { comparisons } = label(clips, WANTED, count, key)
  const learnt = await finished(
    runReward({
      ...{ device, agent, encoder, key, clips, comparisons },
      recipe: rewardRecipe(count, { trunk, peakRate: rate }),
      reference: clips.slice(0, 200),
      identity: '',
      store: memoryStore(),
    }),
  )
  expectConverged(learnt)
  const { test, equalLength } = await measureReward(
    device,
    learnt,
    await testSet(pools, WANTED, plan.heldOut),
  )
  const validation = await measureReward(device, learnt, await validationSet(pools, plan))
  return { validation: validation.test.accuracy, test, equalLength }
}

async function validationSet(pools: Pools, { heldOut }: SweepPlan): Promise<HeldOut> {
  const clips = await pools.clips('validation', TUNING_SEED, heldOut.clips)
  const key = splitKey(rootKey(TUNING_SEED), 'tuning', 'pairs')
  return { clips, comparisons: label(clips, WANTED, heldOut.comparisons, key).comparisons }
}
