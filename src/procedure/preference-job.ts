import {
  type Ended,
  type LoopControl,
  type OpenPlayer,
  type RecipeOf,
  relay,
  whole,
} from '../alignment/index.ts'
import type { IslandMap, Key, StartKind } from '../island/index.ts'
import type { Device } from '../runtime/index.ts'
import { BEST_OF_PLAY_FIELDS, type BestOfPlayReport, imitateBest } from './best-of-play.ts'
import type { NetworkParameters } from './play.ts'

const {
  pool,
  share,
  rewardStride,
  layers,
  clipsPerBatch,
  optimiser,
  peakRate,
  warmup,
  floor,
  weightDecay,
  maximumNorm,
} = BEST_OF_PLAY_FIELDS

/** Settings of preference fine-tuning. */
export const PREFERENCE_FIELDS = {
  pool: { ...pool, default: 1600 },
  share: { ...share, default: 0.125 },
  steps: whole(300, {
    minimum: 1,
    maximum: 100_000,
    unit: 'updates',
    help: 'Total number of updates',
  }),
  ...{ rewardStride, layers, clipsPerBatch, optimiser, peakRate, warmup, floor, weightDecay },
  maximumNorm,
} as const

type PreferenceRecipe = RecipeOf<typeof PREFERENCE_FIELDS>

export interface PreferenceJob {
  readonly device: Device
  /** Opens the player of the pool; on `device` if omitted. */
  readonly openPlayer?: OpenPlayer | undefined
  readonly agent: NetworkParameters
  readonly reward: NetworkParameters
  readonly recipe: PreferenceRecipe
  readonly key: Key
  readonly start: StartKind
  /** Islands that are played, in turn; undefined stands for the first one, which is played if omitted. */
  readonly islands?: readonly (IslandMap | undefined)[]
  readonly control?: Pick<LoopControl, 'stop'> | undefined
}

export interface PreferenceReport {
  /** Number of updates made. */
  readonly step: number
  /** Imitation loss of the update's clips, nats per decision. */
  readonly loss: number
}

export interface PreferenceResult extends Ended {
  readonly parameters: Float32Array
  readonly step: number
  /** Number of clips that were imitated. */
  readonly kept: number
  /** Lowest reward among them. */
  readonly threshold: number
}

/**
 * Runs preference fine-tuning: a single round of `imitateBest`. It takes seconds, so there are no
 * checkpoints: an interrupted job starts over.
 */
export async function* runPreference(
  job: PreferenceJob,
): AsyncGenerator<PreferenceReport, PreferenceResult> {
  const { steps, ...others } = job.recipe
  const tuning = imitateBest({
    ...job,
    recipe: { ...others, updates: steps, rounds: 1, weighting: 0, temperature: 1, earlier: 0 },
    preferred: () => false,
    measured: false,
  })
  return yield* relay(tuning, function* (report: BestOfPlayReport): Iterable<PreferenceReport> {
    if (report.kind === 'update') yield { step: report.step, loss: report.scores.loss }
  })
}
