/** Comparison of what a reward model predicts for pairs of clips with the labels on them. */
import { type Comparison, preferredClip, rewardAccuracy } from '../alignment/index.ts'
import { RandomStream, rootKey, splitKey } from '../island/index.ts'
import type { ModelCard } from '../network/index.ts'
import {
  type CalibrationBin,
  calibration,
  calibrationError,
  calibrationInterval,
} from './calibration.ts'
import { type CountedShare, countedShare } from './counted-share.ts'
import type { Interval } from './wilson.ts'

/** Comparison with the rewards of its clips. */
export interface JudgedPair extends Comparison {
  /** Reward of the first clip minus that of the second, in standard deviations of reward. */
  readonly difference: number
  /**
   * `difference` in the direction of the label: negative where the model prefers the other clip;
   * undefined for a tie.
   */
  readonly margin: number | undefined
  /** Predicted probability that the first clip is preferred; undefined where the scale is unknown. */
  readonly probability: number | undefined
}

/**
 * Returns the factor from a difference of rewards to the logit of a preference: the standard deviation
 * by which the rewards were divided after training. Undefined if the model's card does not state it, as
 * in a file that another program wrote: rewards then still order clips, but predict no probabilities.
 */
export function logitScale({ recipe }: Pick<ModelCard, 'recipe'>): number | undefined {
  const { deviation } = recipe
  return typeof deviation === 'number' && deviation > 0 && Number.isFinite(deviation)
    ? deviation
    : undefined
}

/** Returns each comparison with what the rewards, one per clip, predict for it. */
export function judgedPairs(
  rewards: ArrayLike<number>,
  comparisons: readonly Comparison[],
  scale: number | undefined,
): JudgedPair[] {
  return comparisons.map((comparison) => {
    const { first, second } = comparison
    const difference = (rewards[first] ?? Number.NaN) - (rewards[second] ?? Number.NaN)
    const preferred = preferredClip(comparison)
    return {
      ...comparison,
      difference,
      margin: preferred && (preferred === 'first' ? difference : -difference),
      probability: scale === undefined ? undefined : 1 / (1 + Math.exp(-scale * difference)),
    }
  })
}

/**
 * Returns the share of decisive comparisons whose preferred clip has the higher reward, with Wilson's
 * interval; equal rewards count half.
 */
export function accuracyOf(
  rewards: ArrayLike<number>,
  comparisons: readonly Comparison[],
): CountedShare {
  const { accuracy, comparisons: decided } = rewardAccuracy(rewards, comparisons)
  return countedShare(decided === 0 ? 0 : accuracy * decided, decided)
}

/** Predictions of similar confidence, with the interval of the observed share. */
export interface ReliabilityBin extends CalibrationBin {
  readonly interval: Interval
}

export interface Reliability {
  readonly bins: readonly ReliabilityBin[]
  /** Expected calibration error, 0…1. */
  readonly error: number
  /** Error that a calibrated model exceeds with one in twenty sets of labels on these pairs, 0…1. */
  readonly chanceError: number
}

/**
 * Returns how often the clip that the model prefers was preferred, by the probability that it gives to
 * this, in tenths from 0.5 on: which clip is called the first then makes no difference. Ties are left
 * out. Undefined without predicted probabilities or decisive comparisons.
 */
export function reliabilityOf(pairs: readonly JudgedPair[]): Reliability | undefined {
  const predictions = pairs.flatMap(({ margin, probability, verdict }) => {
    if (margin === undefined || probability === undefined) return []
    return probability >= 0.5
      ? [{ probability, agreed: verdict }]
      : [{ probability: 1 - probability, agreed: 1 - verdict }]
  })
  if (predictions.length === 0) return undefined
  const bins = calibration(predictions)
  return {
    bins: bins.map((bin) => ({ ...bin, interval: calibrationInterval(bin) })),
    error: calibrationError(bins),
    chanceError: chanceError(predictions.map(({ probability }) => probability)),
  }
}

/** Number of sets of labels from which the error by chance is estimated. */
const DRAWS = 400

/**
 * Returns the 95th percentile of the calibration error of a model that is calibrated: labels are drawn with
 * the predicted probabilities, always by the same key.
 */
function chanceError(probabilities: readonly number[]): number {
  const random = new RandomStream(splitKey(rootKey(0), 'calibration', 'chance'))
  const errors = Float64Array.from({ length: DRAWS }, () =>
    calibrationError(
      calibration(
        probabilities.map((probability) => ({
          probability,
          agreed: Number(random.chance(probability)),
        })),
      ),
    ),
  ).sort()
  return errors[Math.ceil(0.95 * DRAWS) - 1] ?? Number.NaN
}

/** Returns up to `count` pairs on which the model is wrong, the one with the largest margin first. */
export function mostWrong(pairs: readonly JudgedPair[], count: number): JudgedPair[] {
  const margin = (pair: JudgedPair): number => pair.margin ?? 0
  return pairs
    .filter((pair) => margin(pair) < 0)
    .toSorted((a, b) => margin(a) - margin(b))
    .slice(0, count)
}

/** Returns up to `count` pairs, those with the smallest difference of rewards first. */
export function leastSure(pairs: readonly JudgedPair[], count: number): JudgedPair[] {
  const distance = ({ difference }: JudgedPair): number => Math.abs(difference)
  return pairs.toSorted((a, b) => distance(a) - distance(b)).slice(0, count)
}
