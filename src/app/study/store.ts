/** State of the study page that several of its views share. */
import { create } from 'zustand'
import type { StudyEntry } from '../../storage/index.ts'

export interface StudiesState {
  /** Studies of this browser, the one changed last first; undefined until they are read. */
  readonly entries: readonly StudyEntry[] | undefined
  /** Number of studies that this release cannot read. */
  readonly unreadable: number
  /** What went wrong last, as a sentence. */
  readonly problem: string | undefined
  /** Result of the last action, as a sentence. */
  readonly said: string | undefined
}

export const useStudies = create<StudiesState>(() => ({
  entries: undefined,
  unreadable: 0,
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
