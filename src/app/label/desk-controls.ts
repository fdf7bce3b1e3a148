/** What the parts of the desk act on: the own desk, a study's, and its practice. */
import type { Answer } from './answers.ts'
import type { PairQueue } from './pair-queue.ts'

/** Storage behind a desk, as far as its parts need it. */
export interface AnswerStorage {
  /** Tries again to save what could not be saved. */
  retry(): void
  /** Dismisses the reported problem. */
  dismiss(): void
}

export interface DeskControls {
  readonly pairs: PairQueue
  readonly storage: AnswerStorage
  /** Takes an answer given at `at`, in milliseconds of `performance.now`. */
  answer(answer: Answer, at: number): void
  /** Starts, or goes on from where the desk waits for the labeller. */
  begin(): void
  /** Shows the pair before; absent where answers are final. */
  back?(): void
}
