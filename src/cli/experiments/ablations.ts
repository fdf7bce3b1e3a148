import type { ReinforcementPoint } from '../../alignment/index.ts'
import type { Outcome } from '../../island/index.ts'
import {
  type AblationResult,
  evaluationOf,
  type ReinforcementResult,
  type Varied,
} from '../../procedure/index.ts'
import type { Aligned, Aligner, AlignmentPlan } from '../align/chain.ts'
import { alignmentSettings } from '../pipeline/profile.ts'

/** Variant of the alignment procedure, compared with the main line. */
export interface Variant {
  readonly name: string
  readonly varied: Varied
  /** Path of the agent's ONNX file. */
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

/**
 * Runs one variant with the learning rate that gave the highest learnt reward on the tuning seed.
 * All variants get the same number of trials and the same cap on updates.
 */
export async function ablate(
  aligner: Aligner,
  variant: Variant,
  plan: AblationPlan,
): Promise<Ablated> {
  const align = (rate: number, seed: number): Promise<Aligned> =>
    aligner.align(planOf(variant, plan, rate, seed))
  const trials: { rate: number; reward: number }[] = []
  for (const rate of plan.rates) {
    const { learning } = await align(rate, TUNING_SEED)
    trials.push({ rate, reward: finalReward(learning.updates) })
  }
  const [best] = trials.toSorted((a, b) => b.reward - a.reward)
  if (best === undefined) throw new Error('No learning rate was tried')
  const aligned = await align(best.rate, plan.seed)
  return {
    ablation: { ...resultOf(variant, plan, aligned), trials, rate: best.rate },
    learning: { ...aligned.learning, variant: variant.name },
  }
}

function planOf(
  { name, agent, preferenceFineTuning, comparisons }: Variant,
  { wanted, updateCap }: AblationPlan,
  peakRate: number,
  seed: number,
): AlignmentPlan {
  const settings = alignmentSettings(comparisons, {
    reinforcement: { peakRate, steps: updateCap },
  })
  return { variant: `${name} at ${peakRate}`, wanted, seed, agent, preferenceFineTuning, settings }
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
  { aligned, learning, reward }: Aligned,
): Omit<AblationResult, 'trials' | 'rate'> {
  const evaluation = evaluationOf(aligned)
  if (evaluation === undefined) throw new Error(`${aligned.file} is not a policy`)
  const { episodes, outcomes, intervals, meanDecisions } = evaluation
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
    decisive: reward.labels.decisive,
    rewardAccuracy: reward.measured.test.accuracy,
    table: { episodes, outcomes, intervals, meanDecisions },
    trainingSeconds: learning.trainingSeconds,
  }
}
