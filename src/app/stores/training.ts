/** The trainings of this browser: those that wait, the one that runs, and those that are over. */
import { create } from 'zustand'
import type { SeenPath, TrainingPart } from '../../procedure/training/reports.ts'
import type { Run } from '../../storage/run-record.ts'

/** What is known of the run that is under way besides its record. */
export interface LiveRun {
  readonly id: string
  /** All its parts, the one that runs, and how much of that is done. */
  readonly parts: readonly TrainingPart[]
  readonly part: TrainingPart | undefined
  readonly done: number
  readonly of: number
  readonly unit: 'clips' | 'episodes' | 'updates'
  /** Seconds until the end as far as can be told; undefined while nothing was measured. */
  readonly secondsLeft: number | undefined
  /** Episodes of the last update. */
  readonly paths: readonly SeenPath[]
  /** `opening`: the runtime and the models are on their way. */
  readonly phase: 'opening' | 'training' | 'pausing' | 'paused' | 'stopping'
  /** A trouble that does not end the training, as a sentence: a full disk, a change of device. */
  readonly notice: string | undefined
}

export interface TrainingState {
  /** The newest first; undefined until they were read. */
  readonly runs: readonly Run[] | undefined
  readonly live: LiveRun | undefined
  /** Whether another tab of this browser is training: then this one only looks on. */
  readonly elsewhere: boolean
  /** What went wrong outside any run, as a sentence. */
  readonly problem: string | undefined
}

export const useTraining = create<TrainingState>()(() => ({
  runs: undefined,
  live: undefined,
  elsewhere: false,
  problem: undefined,
}))
