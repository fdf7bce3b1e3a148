/** State of this browser's trainings, as pages show it. */
import type { EpisodePath } from '../../procedure/training/index.ts'
import type { Run } from '../../storage/index.ts'
import type { TrainingNews } from './protocol.ts'

/** Facts about the run under way that its record does not hold. */
export interface LiveRun
  extends Pick<
    TrainingNews,
    'phase' | 'parts' | 'part' | 'done' | 'of' | 'unit' | 'progress' | 'secondsLeft' | 'notice'
  > {
  readonly id: string
  /** Paths of some of the last update's episodes. */
  readonly paths: readonly EpisodePath[]
}

export interface TrainingState {
  /** Runs, newest first; undefined until they have been read. */
  readonly runs: readonly Run[] | undefined
  readonly live: LiveRun | undefined
  /** Whether another tab of this browser is training, so that this one only displays progress. */
  readonly elsewhere: boolean
  /**
   * Id of a run that was paused before this page was opened and for which the waiting runs still wait, as
   * they did before; undefined if there is none.
   */
  readonly held: string | undefined
  /** Why the runs, or some of them, could not be read the last time, as a sentence. */
  readonly unread: string | undefined
  /** Error of the last action, or outside any run, as a sentence. */
  readonly problem: string | undefined
}
