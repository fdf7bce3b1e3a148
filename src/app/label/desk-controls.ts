/** What the parts of the desk act on: the own desk, a study's, and its practice. */
import type { Label } from '../../alignment/labels/index.ts'
import type { LabelEntry } from '../../storage/index.ts'
import type { Answer } from './answers.ts'
import type { PairQueue } from './pair-queue.ts'

/** Storage behind a desk, as far as its parts need it. */
interface AnswerStorage {
  /** Tries again to save what could not be saved. */
  retry(): void
  /** Dismisses the reported problem. */
  dismiss(): void
}

/** Storage that takes the answers of a desk. */
export interface LabelStorage extends AnswerStorage {
  readonly labels: readonly Label[]
  add(entry: LabelEntry): void
  /** Resolves once everything is saved. */
  drained(): Promise<void>
}

export interface DeskControls {
  readonly pairs: PairQueue
  readonly storage: AnswerStorage
  /** Takes an answer given at `at`, in milliseconds of `performance.now`. */
  answer(answer: Answer, at: number): void
  /** Starts, or resumes where the desk waits for the labeller. */
  begin(): void
  /** Shows the pair before; absent where answers are final. */
  back?(): void
}
