/** What the labelling desk and its worker say to each other: clips to compare, and what to pick pairs by. */

import type { Comparison } from '../../alignment/index.ts'
import type { Clip, Ensemble } from '../../alignment/labels/index.ts'
import type { ModelSource } from '../worker/choices.ts'

/** A policy whose play is to be compared. */
export interface PolicyChoice {
  readonly model: ModelSource
  /** SHA-256 of its file, kept with every clip. */
  readonly digest: string
}

/** A stretch of the endless list of clips that belongs to a policy. */
export interface ClipRange {
  readonly first: number
  readonly count: number
}

/** What an ensemble learns from. */
export interface Lesson {
  /** Comparisons are by their index in this list; each clip gets a reward. */
  readonly clips: readonly Clip[]
  readonly comparisons: readonly Comparison[]
  /** Decides the bootstrap samples. */
  readonly seed: number
}

/** Calls are answered in the order they were made. */
export interface LabellingWorker {
  /** Loads a policy in the place of another. Throws `ModelError` or `DeviceError`. */
  open(choice: PolicyChoice): Promise<void>
  /** Plays clips; the same stretch gives the same ones. */
  play(range: ClipRange): Promise<Clip[]>
  /** Learns reward models that stand on the policy's frozen trunk. */
  learn(lesson: Lesson): Promise<Ensemble>
}
