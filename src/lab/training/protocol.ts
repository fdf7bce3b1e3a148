/** Interface between a page and the training worker. */

import type { EpisodePath, ProgressUnit, TrainingPart } from '../../procedure/training/index.ts'
import type { RunDevice } from '../../storage/index.ts'
import type { DeviceChoice } from '../worker/choices.ts'
import type { NewPoint } from './curves.ts'

export interface TrainingOrder {
  /** Id of a run that is stored in this browser with its training data. */
  readonly id: string
  readonly device: DeviceChoice
  /** URL of the folder with the shipped models and their manifest, with a trailing slash. */
  readonly models: string
  /** Whether the run only returns the model of its last checkpoint. */
  readonly stop?: boolean
}

/** Phase of a training. `opening`: the runtime and the models are being loaded. */
export type TrainingPhase = 'opening' | 'training' | 'pausing' | 'paused' | 'stopping'

/** Progress of a training, sent at most four times a second; changes of phase are sent at once. */
export interface TrainingNews {
  readonly phase: TrainingPhase
  readonly parts: readonly TrainingPart[]
  readonly part: TrainingPart | undefined
  readonly done: number
  readonly of: number
  readonly unit: ProgressUnit
  /** Share of the whole training that is done, 0…1, with parts weighted by their reference time. */
  readonly progress: number
  /** Estimated seconds until the end; undefined until the speed has been measured. */
  readonly secondsLeft: number | undefined
  /** Seconds that the run has taken so far, without pauses. */
  readonly seconds: number
  /** Device that the training runs on; undefined while it is being opened. */
  readonly device: RunDevice | undefined
  /** Paths of some of the last update's episodes; undefined without an update since the last news. */
  readonly paths: readonly EpisodePath[] | undefined
  /** Points of the curves since the last news. */
  readonly points: readonly NewPoint[]
  /** Problem that does not end the training, as a sentence. */
  readonly notice: string | undefined
}

export interface TrainingWorker {
  /**
   * Runs a training and stores its record, its checkpoints and the models that it produces. Resolves
   * when the record holds the outcome. Rejects with `DeviceError` if the device failed: the run can then
   * resume from its last checkpoint on another. Rejects with an `Error` if the run is no longer stored.
   */
  train(order: TrainingOrder, onNews: (news: TrainingNews) => void): Promise<void>
  /** Pauses the training between two updates, after a checkpoint if its part pauses at them. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Ends the training after the current update and stores the models trained so far. */
  stop(): Promise<void>
}
