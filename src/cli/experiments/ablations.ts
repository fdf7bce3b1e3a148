import type { ReinforcementPoint } from '../../alignment/index.ts'
import type { Outcome } from '../../island/index.ts'
import type { AblationResult, ReinforcementResult, Varied } from '../../procedure/index.ts'
import { allInOrder, type CellRunner } from '../cells/runner.ts'
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
  readonly wanted: Outcome
  readonly seed: number
  /** Peak learning rates of reinforcement learning to try for every variant. */
  readonly rates: readonly number[]
  readonly updateCap: number
}

/** Seed of the episodes, labels and batch orders used for tuning; nothing else uses it. */
const TUNING_SEED = 100

/** Share of an update's episodes with the preferred outcome that defines `updatesToNinety`. */
const NINETY = 0.9

export interface Ablated {
  readonly ablation: AblationResult
  readonly learning: ReinforcementResult
}

type Alignment = Awaited<ReturnType<typeof alignmentCell.ask>>

/**
 * Runs one variant with the learning rate that gave the highest learnt reward on the tuning seed.
 * All variants get the same number of trials and the same cap on updates.
 */
export async function ablate(
  runner: CellRunner,
  variant: Variant,
  plan: AblationPlan,
): Promise<Ablated> {
  const align = (rate: number, seed: number): Promise<Alignment> =>
    alignmentCell.ask(runner, parametersOf(variant, plan, rate, seed), { agent: variant.agent })
  const trials = await allInOrder(plan.rates, runner.atOnce, async (rate) => {
    const { value } = await align(rate, TUNING_SEED)
    return { rate, reward: finalReward(value.learning.updates) }
  })
  const [best] = trials.toSorted((a, b) => b.reward - a.reward)
  if (best === undefined) throw new Error('No learning rate was tried')
  const aligned = await align(best.rate, plan.seed)
  const trainingSeconds = aligned.trainingSeconds
  return {
    ablation: { ...resultOf(variant, plan, aligned), trials, rate: best.rate },
    learning: { ...aligned.value.learning, variant: variant.name, trainingSeconds },
  }
}

function parametersOf(
  { name, preferenceFineTuning, comparisons }: Variant,
  { wanted, updateCap }: AblationPlan,
  peakRate: number,
  seed: number,
) {
  const settings = alignmentSettings(comparisons, {
    reinforcement: { peakRate, steps: updateCap },
  })
  return { variant: `${name} at ${peakRate}`, wanted, seed, preferenceFineTuning, settings }
}

/**
 * Returns the mean learnt reward of the last six updates. Trials are ranked by it, never by the
 * true preference.
 */
function finalReward(updates: readonly ReinforcementPoint[]): number {
  const last = updates.slice(-6)
  return last.reduce((sum, { reward }) => sum + reward, 0) / last.length
}

function resultOf(
  variant: Variant,
  { wanted, seed, updateCap }: AblationPlan,
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
