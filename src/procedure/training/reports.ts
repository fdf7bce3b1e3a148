/** What a training says while it runs, and what it gives in the end. */
import type { ReinforcementPoint } from '../../alignment/index.ts'
import type { Ending } from '../../island/index.ts'
import type { PolicyParameters } from '../play.ts'
import type { LearntReward } from '../reward-job.ts'

/** The parts a training is made of, in their order; a plan has some of them. */
export const TRAINING_PARTS = [
  'clips',
  'imitation',
  'reward',
  'preference',
  'reinforcement',
] as const
/** `clips`: the start plays what a synthetic judge compares, or clips of people are watched again. */
export type TrainingPart = (typeof TRAINING_PARTS)[number]

/** Where an episode went: x, z pairs in metres, and what it came to. */
export interface SeenPath {
  readonly points: Float32Array
  readonly ending: Ending
}

export type TrainingReport =
  /** A part begins; `parts` are all of this training. */
  | {
      readonly kind: 'part'
      readonly part: TrainingPart
      readonly parts: readonly TrainingPart[]
      /** What it is counted in, and how many there are at most. */
      readonly unit: 'clips' | 'episodes' | 'updates'
      readonly of: number
    }
  /** So many of the part's units are done. */
  | { readonly kind: 'progress'; readonly part: TrainingPart; readonly done: number }
  /**
   * An update of imitation or preference fine-tuning (nats a decision), or of a reward model
   * (Bradley–Terry, nats a comparison).
   */
  | {
      readonly kind: 'loss'
      readonly part: 'imitation' | 'preference' | 'reward'
      readonly step: number
      readonly loss: number
    }
  /** A look at what was held out: clips of imitation, or labels on clips that no other label speaks of. */
  | {
      readonly kind: 'held out'
      readonly part: 'imitation' | 'reward'
      readonly step: number
      readonly loss?: number
      /** Share of `comparisons` decisive ones that the reward model orders as the labels do. */
      readonly accuracy?: number
      readonly comparisons?: number
    }
  /**
   * An update of reinforcement learning; `preference` means something only where a judge is known.
   * The last point is of play that no update follows: its gradient's norm is 0.
   */
  | {
      readonly kind: 'update'
      readonly point: ReinforcementPoint
      readonly gradientNorm: number
      /** Some of the update's episodes, for show. */
      readonly paths: readonly SeenPath[]
    }
  /** A checkpoint has been kept. */
  | { readonly kind: 'checkpoint'; readonly part: TrainingPart; readonly step: number }
  /** Something to know that does not end the training, as a sentence. */
  | { readonly kind: 'notice'; readonly message: string }

export const TRAINING_ENDS = ['last update', 'converged', 'diverged', 'by hand'] as const
/** `by hand`: it was told to stop, and gives what there was. */
export type TrainingEnd = (typeof TRAINING_ENDS)[number]

export interface TrainingResult {
  /** The policy that came out; undefined where only a reward model was trained. */
  readonly policy: PolicyParameters | undefined
  /** The reward model that was trained here, if any. */
  readonly reward: LearntReward | undefined
  /** Why the last part ended. */
  readonly stopped: TrainingEnd
  /** What went wrong where it diverged, as a sentence; what came out is then the last good. */
  readonly problem: string | undefined
  /** On the labels that were held out. */
  readonly heldOut: { readonly accuracy: number; readonly comparisons: number } | undefined
}
