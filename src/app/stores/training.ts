/** State of this browser's trainings: queued, running and finished. */
import { create } from 'zustand'
import type { TrainingState } from '../../lab/training/queue-state.ts'

export type { LiveRun } from '../../lab/training/queue-state.ts'

export const useTraining = create<TrainingState>()(() => ({
  runs: undefined,
  live: undefined,
  elsewhere: false,
  held: undefined,
  unread: undefined,
  problem: undefined,
}))
