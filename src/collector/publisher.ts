/** Interfaces of a collector, which receives the messages of a study and stores them durably. */
import type { LabellerMessage, ResearcherMessage, StudyMessage } from '../study/message.ts'

/** Reasons why a collector accepts nothing more from an invitation. */
export type Refusal = 'expired' | 'revoked' | 'foreign' | 'not permitted' | 'full' | 'too large'

/** Error of a collector that refuses a message or a connection; retrying later does not help. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError'
  readonly refusal: Refusal

  /** `message` is one sentence for the labeller. */
  constructor(refusal: Refusal, message: string) {
    super(message)
    this.refusal = refusal
  }
}

/** Error of a collector that cannot be reached now, or is not one; retrying later may help. */
export class AwayError extends Error {
  override readonly name = 'AwayError'
}

/** Connection of a labeller. */
export interface Publisher {
  /**
   * Publishes a message. Resolves once the collector has stored it; publishing it again has no effect.
   * Rejects with a RefusedError or an AwayError.
   */
  publish(message: LabellerMessage): Promise<void>
  close(): Promise<void>
}

/** Connection of the researcher. */
export interface StudyReader {
  /**
   * Calls the functions of `on` with everything stored, in parts, and then with what arrives, until the
   * signal aborts: `messages` with valid ones, `caughtUp` once, after the last stored message, and `refused`
   * with the number, so far, of messages that do not belong to the study or were published under another's
   * subject. `away` is called with the reason while the collector cannot be read, and with undefined when it
   * can be read again. Rejects with a RefusedError if access was revoked.
   */
  follow(
    on: {
      messages(messages: readonly StudyMessage[]): void
      caughtUp(): void
      refused(count: number): void
      away(reason: string | undefined): void
    },
    signal: AbortSignal,
  ): Promise<void>
  /** Publishes a decision, an exclusion or rules. Resolves once the collector has stored it. */
  publish(message: ResearcherMessage): Promise<void>
  close(): Promise<void>
}
