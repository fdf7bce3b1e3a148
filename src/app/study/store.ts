/** State of the study page that several of its views share. */
import { create } from 'zustand'
import type { StudyEntry } from '../../storage/index.ts'

export interface StudiesState {
  /** Studies of this browser, the one changed last first; undefined until they are read. */
  readonly entries: readonly StudyEntry[] | undefined
  /** Number of damaged studies, which cannot be read. */
  readonly damaged: number
  /** Number of studies that a newer release wrote. */
  readonly newer: number
  /** Why the studies could not be read, as a sentence. */
  readonly unread: string | undefined
  /** What went wrong last, as a sentence. */
  readonly problem: string | undefined
  /** Result of the last action, as a sentence. */
  readonly said: string | undefined
}

export const useStudies = create<StudiesState>(() => ({
  entries: undefined,
  damaged: 0,
  newer: 0,
  unread: undefined,
  problem: undefined,
  said: undefined,
}))

/** Shows the result of an action in place of the last one. */
export function tell(said: string): void {
  useStudies.setState({ said, problem: undefined })
}

/** Shows what went wrong. */
export function tellProblem(problem: string): void {
  useStudies.setState({ problem, said: undefined })
}

/** Removes what the page says about the last action. */
export function clearNotices(): void {
  useStudies.setState({ said: undefined, problem: undefined })
}
