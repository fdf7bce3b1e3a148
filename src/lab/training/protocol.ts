/** What a page and the training worker say to each other. */

import type { ProgressUnit, SeenPath, TrainingPart } from '../../procedure/training/index.ts'
import type { RunDevice } from '../../storage/index.ts'
import type { DeviceChoice } from '../worker/choices.ts'
import type { NewPoint } from './curves.ts'

export interface TrainingOrder {
  /** Of a run that the browser keeps, with all that it learns from. */
  readonly id: string
  readonly device: DeviceChoice
  /** Address of the folder with the shipped models and their list. */
  readonly models: string
  /** Whether it is only to give what there is at its last checkpoint. */
  readonly stop?: boolean
}

/** `opening`: the runtime and the models are on their way. */
export type TrainingPhase = 'opening' | 'training' | 'pausing' | 'paused' | 'stopping'

/** How far a training is; comes at most four times a second. */
export interface TrainingNews {
  readonly phase: TrainingPhase
  readonly parts: readonly TrainingPart[]
  readonly part: TrainingPart | undefined
  readonly done: number
  readonly of: number
  readonly unit: ProgressUnit
  /** Share of the whole training that is done, by the time that its parts take, 0…1. */
  readonly progress: number
  /** Until the end as far as can be told. */
  readonly secondsLeft: number | undefined
  /** Of the run so far, pauses left out. */
  readonly seconds: number
  /** Device that it runs on; undefined while that is being opened. */
  readonly device: RunDevice | undefined
  /** Episodes of the last update; undefined where there was none since the last news. */
  readonly paths: readonly SeenPath[] | undefined
  /** New points of the curves. */
  readonly points: readonly NewPoint[]
  /** A trouble that does not end the training, as a sentence. */
  readonly notice: string | undefined
}

export interface TrainingWorker {
  /**
   * Runs a training and keeps its record, its checkpoints and the models that come out. Resolves when
   * the record says how it ended. Throws a `DeviceError` where the device failed: the run can then go
   * on at its last checkpoint on another.
   */
  train(order: TrainingOrder, onNews: (news: TrainingNews) => void): Promise<void>
  /** Holds the training between two updates, after a checkpoint where its part has them. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Ends the training after the update under way and keeps what there is. */
  stop(): Promise<void>
}
