/** Interface between the labelling desk and its worker: clips to compare, and rewards to pick pairs by. */

import type { Comparison } from '../../alignment/index.ts'
import type { Clip, RewardEnsemble } from '../../alignment/labels/index.ts'
import type { IslandMap } from '../../island/index.ts'
import type { ModelSource } from '../worker/choices.ts'

/** Policy whose clips are compared. */
export interface PolicyChoice {
  readonly model: ModelSource
  /** SHA-256 digest of its file, stored with every clip. */
  readonly digest: string
}

/** Range in the unlimited list of a policy's clips. */
export interface ClipRange {
  readonly first: number
  readonly count: number
  /** Root seed of the list, 0 for the one that everybody labels without a study. */
  readonly seed?: number
  /** Island on which they are played; the first one if omitted. */
  readonly island?: IslandMap | undefined
}

/** Training data of an ensemble. */
export interface Lesson {
  /** Clips that `comparisons` refer to by index; each clip gets a reward. */
  readonly clips: readonly Clip[]
  readonly comparisons: readonly Comparison[]
  /** Seed of the bootstrap samples. */
  readonly seed: number
}

/** Calls are answered in the order they were made. */
export interface LabellingWorker {
  /** Loads a policy in place of the previous one. Rejects with `ModelError` or `DeviceError`. */
  open(choice: PolicyChoice): Promise<void>
  /** Plays clips; the same range yields the same clips. */
  play(range: ClipRange): Promise<Clip[]>
  /** Trains an ensemble of reward models on the policy's frozen trunk. */
  learn(lesson: Lesson): Promise<RewardEnsemble>
}
