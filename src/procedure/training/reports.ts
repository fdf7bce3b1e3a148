/** Reports of a running training, and its final result. */
import type { ReinforcementPoint } from '../../alignment/index.ts'
import type { Ending } from '../../island/index.ts'
import type { PolicyParameters } from '../play.ts'
import type { LearntReward } from '../reward-job.ts'

/** Parts of a training, in their order; a plan has some of them. */
export const TRAINING_PARTS = [
  'clips',
  'imitation',
  'reward',
  'preference',
  'reinforcement',
] as const
/**
 * Part of a training. In `clips`, the starting policy plays for a synthetic judge, or people's
 * clips are replayed.
 */
export type TrainingPart = (typeof TRAINING_PARTS)[number]

/** Path of an episode, as x, z pairs in metres, and its ending. */
export interface SeenPath {
  readonly points: Float32Array
  readonly ending: Ending
}

export type TrainingReport =
  /** Start of a part; `parts` are all parts of this training. */
  | {
      readonly kind: 'part'
      readonly part: TrainingPart
      readonly parts: readonly TrainingPart[]
      /** Unit in which progress is counted. */
      readonly unit: 'clips' | 'episodes' | 'updates'
      /** Maximum number of units. */
      readonly of: number
    }
  /** Progress of a part: number of units done. */
  | { readonly kind: 'progress'; readonly part: TrainingPart; readonly done: number }
  /**
   * Loss of an update: imitation and preference fine-tuning in nats per decision, a reward model in
   * nats per comparison (Bradley–Terry).
   */
  | {
      readonly kind: 'loss'
      readonly part: 'imitation' | 'preference' | 'reward'
      readonly step: number
      readonly loss: number
    }
  /**
   * Held-out evaluation: on clips for imitation, on labels of clips that no training label uses for
   * a reward model.
   */
  | {
      readonly kind: 'held out'
      readonly part: 'imitation' | 'reward'
      readonly step: number
      readonly loss?: number
      /** Share of `comparisons` decisive labels that the reward model orders as the labels do. */
      readonly accuracy?: number
      readonly comparisons?: number
    }
  /**
   * Update of reinforcement learning; `preference` is meaningful only where the preferred outcome
   * is known. No update follows the last point, so its gradient norm is 0.
   */
  | {
      readonly kind: 'update'
      readonly point: ReinforcementPoint
      readonly gradientNorm: number
      /** Paths of some of the update's episodes, for display. */
      readonly paths: readonly SeenPath[]
    }
  /** Checkpoint that has been stored. */
  | { readonly kind: 'checkpoint'; readonly part: TrainingPart; readonly step: number }
  /** Notice that does not end the training, as a sentence. */
  | { readonly kind: 'notice'; readonly message: string }

export const TRAINING_ENDS = ['last update', 'converged', 'diverged', 'by hand'] as const
/** Reason for the end of a training. `by hand`: stopped on request, with what there was so far. */
export type TrainingEnd = (typeof TRAINING_ENDS)[number]

export interface TrainingResult {
  /** Trained policy; undefined where only a reward model was trained or no update was made. */
  readonly policy: PolicyParameters | undefined
  /** Reward model that was trained here, if any. */
  readonly reward: LearntReward | undefined
  /** Reason for the end of the last part. */
  readonly stopped: TrainingEnd
  /** Cause of a divergence, as a sentence; the models are then the last good ones. */
  readonly problem: string | undefined
  /** Accuracy of the reward model on the held-out labels. */
  readonly heldOut: { readonly accuracy: number; readonly comparisons: number } | undefined
}
