/** State of a labeller's participation in a study, apart from the desk's own. */
import { create } from 'zustand'
import type { Openness } from '../../../lab/study/open-study.ts'
import type { SendingState } from '../../../lab/study/sender.ts'
import type { Sitting } from '../../../storage/index.ts'

/** Feedback on the answer to a practice pair. */
export interface Feedback {
  readonly right: boolean
  readonly sentence: string
}

export interface ParticipationState {
  /** Whether the instructions are read again, in the course of the practice. */
  readonly reviewsInstructions: boolean
  /** Stage of opening; `elsewhere`: another tab is labelling. */
  readonly stage: 'opening' | 'elsewhere' | 'failed' | 'not open' | 'declined' | 'open'
  /** Reason why the study cannot be opened, and whether another attempt may succeed. */
  readonly failure: { readonly sentence: string; readonly isTransient: boolean } | undefined
  readonly openness: Openness
  readonly sitting: Sitting | undefined
  /** Whether this is the researcher's trial, of which nothing is saved or sent. */
  readonly isTrial: boolean
  readonly hasReadInstructions: boolean
  /** Feedback on the practice pair on the desk; undefined until it is answered. */
  readonly feedback: Feedback | undefined
  /** Result of the last round of practice where it is repeated, as a sentence. */
  readonly repeated: string | undefined
  /** Number of rounds of practice with too few correct answers, since the page was opened. */
  readonly failedRounds: number
  /** Number of answers after which a break is suggested now. */
  readonly breakAfter: number | undefined
  /** What was sent to the collector; undefined without one, and before the first pair. */
  readonly sending: SendingState | undefined
  /** Result of the last handing in of a file. */
  readonly handedIn: { readonly kind: 'done' | 'failed'; readonly text: string } | undefined
}

export const useParticipation = create<ParticipationState>(() => ({
  stage: 'opening',
  failure: undefined,
  openness: { is: 'open' },
  sitting: undefined,
  isTrial: false,
  hasReadInstructions: false,
  reviewsInstructions: false,
  failedRounds: 0,
  feedback: undefined,
  repeated: undefined,
  breakAfter: undefined,
  sending: undefined,
  handedIn: undefined,
}))
