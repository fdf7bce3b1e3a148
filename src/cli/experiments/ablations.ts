import type { ReinforcementPoint } from '../../alignment/index.ts'
import type { Outcome } from '../../island/index.ts'
import type { AblationResult, ReinforcementResult, Varied } from '../../procedure/index.ts'
import { allInOrder, type CellRunner } from '../cells/runner.ts'
import { UsageError } from '../errors.ts'
import { alignmentSettings } from '../pipeline/profile.ts'
import { alignmentCell } from './alignment-cell.ts'

/** Variant of the alignment procedure, compared with the main line. */
export interface Variant {
  readonly name: string
  readonly varied: Varied
  /** SHA-256 digest of the agent's ONNX file. */
  readonly agent: string
  readonly preferenceFineTuning: boolean
  readonly comparisons: number
}

export interface AblationPlan {
  readonly wanted: readonly Outcome[]
  /** Training seeds for each wanted outcome. */
  readonly seeds: readonly number[]
  /** Peak learning rates of reinforcement learning to try for every variant. */
  readonly rates: readonly number[]
  readonly updateCap: number
  /** Trials of an earlier run of the same variant, which are not repeated. */
  readonly tried?: readonly Trial[]
}

/** Learning rate with the learned reward that it led to. */
type Trial = AblationResult['trials'][number]

/** Outcome that is wanted in the trials, whose rate is then used for every wanted outcome. */
const TUNING_WANTED = 'left'

/** Seed of the episodes, labels and batch orders used for tuning; nothing else uses it. */
const TUNING_SEED = 100

/** Share of an update's episodes with the preferred outcome that defines `updatesToNinety`. */
const NINETY = 0.9

/** Returns the seeds of an ablation. Throws a `UsageError` if the one for tuning is among them. */
export function trainingSeeds(seeds: readonly number[]): readonly number[] {
  if (!seeds.includes(TUNING_SEED)) return seeds
  throw new UsageError(
    `Found ${TUNING_SEED} among the training seeds, but learning rates are chosen with that seed, so its results would be too good: choose other numbers with --seeds`,
  )
}

export interface Ablated {
  readonly ablation: AblationResult
  readonly learning: ReinforcementResult
}

type Alignment = Awaited<ReturnType<typeof alignmentCell.ask>>

/**
 * Runs one variant for every wanted outcome and seed, with the learning rate that gave the highest
 * learned reward on the tuning seed. All variants get the same number of trials and the same cap on
 * updates.
 */
export async function ablate(
  runner: CellRunner,
  variant: Variant,
  plan: AblationPlan,
): Promise<readonly Ablated[]> {
  const align = (run: Run): Promise<Alignment> =>
    alignmentCell.ask(runner, parametersOf(variant, plan, run), { agent: variant.agent })
  const trials = await allInOrder(plan.rates, runner.atOnce, async (rate): Promise<Trial> => {
    const known = plan.tried?.find((trial) => trial.rate === rate)
    if (known !== undefined) return known
    const { value } = await align({ rate, seed: TUNING_SEED, wanted: TUNING_WANTED })
    return { rate, reward: finalReward(value.learning.updates) }
  })
  const [best] = trials.toSorted((a, b) => b.reward - a.reward)
  if (best === undefined) throw new Error('No learning rate was tried')
  const { rate } = best
  const runs = plan.wanted.flatMap((wanted) => plan.seeds.map((seed) => ({ rate, seed, wanted })))
  return allInOrder(runs, runner.atOnce, async (run) => {
    const aligned = await align(run)
    const { trainingSeconds } = aligned
    return {
      ablation: { ...resultOf(variant, plan, run, aligned), trials, rate },
      learning: { ...aligned.value.learning, variant: variant.name, trainingSeconds },
    }
  })
}

interface Run {
  readonly rate: number
  readonly seed: number
  readonly wanted: Outcome
}

function parametersOf(
  { name, preferenceFineTuning, comparisons }: Variant,
  { updateCap }: AblationPlan,
  { rate, seed, wanted }: Run,
) {
  const settings = alignmentSettings(comparisons, {
    reinforcement: { peakRate: rate, steps: updateCap },
  })
  return { variant: `${name} at ${rate}`, wanted, seed, preferenceFineTuning, settings }
}

/**
 * Returns the mean learned reward of the last six updates. Trials are ranked by it, never by the
 * true preference.
 */
function finalReward(updates: readonly ReinforcementPoint[]): number {
  const last = updates.slice(-6)
  return last.reduce((sum, { reward }) => sum + reward, 0) / last.length
}

function resultOf(
  variant: Variant,
  { updateCap }: AblationPlan,
  { wanted, seed }: Run,
  { value: { table, learning, decisive, rewardAccuracy }, trainingSeconds }: Alignment,
): Omit<AblationResult, 'trials' | 'rate'> {
  const ninety = learning.updates.find(({ preference }) => preference >= NINETY)
  return {
    variant: variant.name,
    varied: variant.varied,
    wanted,
    seed,
    updateCap,
    updates: learning.updates.at(-1)?.update ?? 0,
    ...(ninety === undefined ? {} : { updatesToNinety: ninety.update }),
    rewardComparisons: variant.comparisons,
    decisive,
    rewardAccuracy,
    table,
    trainingSeconds,
  }
}
