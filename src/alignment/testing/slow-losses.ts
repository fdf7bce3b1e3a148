/** Reference losses over the slow network, in float64: oracles for tests. */
import { HEAD_SIZES } from '../../island/index.ts'
import type { ParameterLayout } from '../../network/index.ts'
import type { ClipBatch } from '../clips.ts'
import { slowLogits, slowRewards, softmax } from './slow-network.ts'

/** Returns the probabilities of every choice, head by head. */
function distributions(logits: readonly number[]): number[][] {
  let first = 0
  return HEAD_SIZES.map((size) => {
    first += size
    return softmax(logits.slice(first - size, first))
  })
}

/** Calls `visit` with the row and the heads' probabilities of every decision, skipping padding. */
function forEachDecision(
  layout: ParameterLayout,
  theta: ArrayLike<number>,
  batch: ClipBatch,
  visit: (row: number, heads: readonly number[][]) => void,
): void {
  for (let clip = 0; clip < batch.clips; clip++) {
    const logits = slowLogits(layout, theta, batch, clip)
    for (let t = 0; t < (batch.decisions[clip] ?? 0); t++) {
      visit(clip * batch.length + t, distributions(logits[t] ?? []))
    }
  }
}

/** Returns log π of the action in a row, nats. */
function logProbability(batch: ClipBatch, row: number, heads: readonly number[][]): number {
  return heads.reduce((sum, shares, head) => {
    const made = batch.actions[row * HEAD_SIZES.length + head] ?? 0
    return sum + Math.log(shares[made] ?? Number.NaN)
  }, 0)
}

/** Returns the sum of −log π over a batch's decisions, all heads. */
export function slowImitationLoss(
  layout: ParameterLayout,
  theta: ArrayLike<number>,
  batch: ClipBatch,
): number {
  let loss = 0
  forEachDecision(layout, theta, batch, (row, heads) => {
    loss -= logProbability(batch, row, heads)
  })
  return loss
}

/** Returns the summed Bradley–Terry loss; the batch holds all first clips, then all second ones. */
export function slowComparisonLoss(
  layout: ParameterLayout,
  theta: ArrayLike<number>,
  batch: ClipBatch,
  verdicts: readonly number[],
): number {
  const rewards = slowRewards(layout, theta, batch)
  return verdicts.reduce((sum, verdict, pair) => {
    const [first = Number.NaN, second = Number.NaN] = [
      rewards[pair],
      rewards[verdicts.length + pair],
    ]
    const firstWins = 1 / (1 + Math.exp(second - first))
    return sum - verdict * Math.log(firstWins) - (1 - verdict) * Math.log(1 - firstWins)
  }, 0)
}

/** Inputs of the policy-gradient loss besides the batch. */
export interface PolicyGradientTerms {
  readonly advantages: ArrayLike<number>
  /** `[rows × 48]`. */
  readonly referenceLogits: Float32Array
  readonly klWeight: number
  /** `[rows]`: log π of the actions under the policy that played. */
  readonly played: ArrayLike<number>
  readonly clip: number
}

/** Returns log π of the action in every row, 0 for padding. */
export function slowLogProbabilities(
  layout: ParameterLayout,
  theta: ArrayLike<number>,
  batch: ClipBatch,
): Float32Array {
  const rows = new Float32Array(batch.clips * batch.length)
  forEachDecision(layout, theta, batch, (row, heads) => {
    rows[row] = logProbability(batch, row, heads)
  })
  return rows
}

/** Returns the clipped policy-gradient loss, and log π, KL divergence and entropy summed over decisions. */
export function slowPolicyLoss(
  layout: ParameterLayout,
  theta: ArrayLike<number>,
  batch: ClipBatch,
  { advantages, referenceLogits, klWeight, played, clip }: PolicyGradientTerms,
): { loss: number; logProbability: number; kl: number; entropy: number } {
  const sums = { loss: 0, logProbability: 0, kl: 0, entropy: 0 }
  forEachDecision(layout, theta, batch, (row, heads) => {
    const reference = distributions(Array.from(referenceLogits.subarray(row * 48, row * 48 + 48)))
    const made = logProbability(batch, row, heads)
    let kl = 0
    for (const [head, shares] of heads.entries()) {
      for (const [choice, share] of shares.entries()) {
        kl += share * Math.log(share / (reference[head]?.[choice] ?? Number.NaN))
        sums.entropy -= share * Math.log(share)
      }
    }
    sums.kl += kl
    sums.logProbability += made
    const ratio = Math.exp(made - (played[row] ?? Number.NaN))
    const held = Math.min(1 + clip, Math.max(1 - clip, ratio))
    const advantage = advantages[row] ?? Number.NaN
    sums.loss += klWeight * kl - Math.min(ratio * advantage, held * advantage)
  })
  return sums
}

/** Inputs of the contrastive loss besides the batch. */
export interface ContrastiveTerms {
  readonly verdicts: readonly number[]
  /** `[rows]`: weight of each decision in its clip's score, 0 for padding. */
  readonly credits: ArrayLike<number>
  /** `[rows]`: weight of imitating each decision, 0 for padding. */
  readonly imitation: ArrayLike<number>
  /** `[rows]`: log π_start of the actions. */
  readonly reference: ArrayLike<number>
  readonly conservative: number
}

/**
 * Returns the contrastive loss and the imitation term, summed over pairs; the batch holds all first
 * clips, then all second ones.
 */
export function slowContrastiveLoss(
  layout: ParameterLayout,
  theta: ArrayLike<number>,
  batch: ClipBatch,
  { verdicts, credits, imitation, reference, conservative }: ContrastiveTerms,
): { contrast: number; imitated: number } {
  const scores = new Float64Array(batch.clips)
  let imitated = 0
  forEachDecision(layout, theta, batch, (row, heads) => {
    const made = logProbability(batch, row, heads)
    const clip = Math.floor(row / batch.length)
    const gained = made - (reference[row] ?? Number.NaN)
    scores[clip] = (scores[clip] ?? Number.NaN) + (credits[row] ?? Number.NaN) * gained
    imitated -= (imitation[row] ?? Number.NaN) * made
  })
  const contrast = verdicts.reduce((sum, verdict, pair) => {
    const [a = Number.NaN, b = Number.NaN] = [scores[pair], scores[verdicts.length + pair]]
    const firstWins = Math.exp(a) / (Math.exp(a) + Math.exp(conservative * b))
    const secondWins = Math.exp(b) / (Math.exp(b) + Math.exp(conservative * a))
    return sum - verdict * Math.log(firstWins) - (1 - verdict) * Math.log(secondWins)
  }, 0)
  return { contrast, imitated }
}
