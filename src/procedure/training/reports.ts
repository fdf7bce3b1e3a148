/** Reports of a running training, and its final result. */
import type { TrainingEnd } from '../../alignment/index.ts'
import type { OutcomeCounts } from '../../evaluation/outcomes.ts'
import type { Ending, IslandMap } from '../../island/index.ts'
import type { NetworkParameters } from '../play.ts'
import type { LearntReward } from '../reward-job.ts'

/** Parts of trainings, in the order in which they run; a plan has some of them. */
const TRAINING_PARTS = [
  'clips',
  'imitation',
  'reward',
  'contrastive',
  'preference',
  'best-of-play',
  'reinforcement',
] as const
/**
 * Part of a training. In `clips`, the starting policy plays for a synthetic judge, or people's
 * clips are replayed.
 */
export type TrainingPart = (typeof TRAINING_PARTS)[number]

/** Unit in which the progress of a part is counted. */
export type ProgressUnit = 'clips' | 'episodes' | 'updates'

/** Path of an episode, as x, z pairs in metres, and its ending. */
export interface EpisodePath {
  readonly points: Float32Array
  readonly ending: Ending
  /** Map of its island; undefined for the first one. */
  readonly island?: IslandMap | undefined
}

/** Metrics after `step` updates, by name. */
export type CurvePoint = { readonly step: number } & Readonly<Record<string, number>>

export type TrainingReport =
  /** Start of a part. */
  | {
      readonly kind: 'part'
      readonly part: TrainingPart
      readonly unit: ProgressUnit
      /** Maximum number of units. */
      readonly of: number
    }
  /** Progress of a part: number of units done. */
  | { readonly kind: 'progress'; readonly part: TrainingPart; readonly done: number }
  /** Next point of a curve; its part's definition says what the curve shows. */
  | { readonly kind: 'point'; readonly curve: string; readonly point: CurvePoint }
  /** Paths of some of the last update's episodes, for display, and how many of all its episodes had each ending. */
  | {
      readonly kind: 'paths'
      readonly paths: readonly EpisodePath[]
      readonly endings: OutcomeCounts
    }
  /** Checkpoint that has been stored. */
  | { readonly kind: 'checkpoint'; readonly part: TrainingPart; readonly step: number }
  /** Notice that does not end the training, as a sentence. */
  | { readonly kind: 'notice'; readonly message: string }

/** Model that a part trained. */
export interface TrainedModel extends NetworkParameters {
  readonly part: TrainingPart
}

export interface TrainingResult {
  /** Trained policy; undefined where only a reward model was trained or no update was made. */
  readonly policy: TrainedModel | undefined
  /** Reward model that was trained here, if any. */
  readonly reward: Pick<LearntReward, 'layout' | 'parameters' | 'deviation' | 'step'> | undefined
  /** Reason for the end of the last part. */
  readonly stopped: TrainingEnd
  /** Cause of a divergence, as a sentence; the models are then the last good ones. */
  readonly problem: string | undefined
  /** Accuracy of the reward model on the held-out labels. */
  readonly heldOut: { readonly accuracy: number; readonly comparisons: number } | undefined
}
