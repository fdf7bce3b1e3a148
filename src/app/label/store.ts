/** State of the labelling desk apart from what moves; changes with every answer. */
import { create } from 'zustand'
import type { Label, ScheduledPair, Session } from '../../alignment/labels/index.ts'
import type { Persistence } from '../../storage/index.ts'
import type { AnswerScale } from '../../study/study.ts'
import type { Reel } from '../replay/film.ts'

/** Pair on the screen. */
export interface PairOnDesk {
  readonly pair: Omit<ScheduledPair, 'known'> & {
    readonly known?: ScheduledPair['known'] | undefined
  }
  /** Number of the pair in its session, 1 for the first. */
  readonly number: number
  /** Clips on the left and on the right. */
  readonly reels: readonly [Reel, Reel]
  /** Answer that may be changed; undefined for a pair that has none yet. */
  readonly revisits: Label | undefined
}

export interface DeskState {
  /** Phase of the desk; `elsewhere`: another tab is labelling. */
  readonly phase: 'opening' | 'elsewhere' | 'ready'
  /** Session that is being labelled or set up. */
  readonly session: Session | undefined
  /** Whether the session has begun; until then it can be set up. */
  readonly begun: boolean
  /** Scale of the answers that are offered. */
  readonly scale: AnswerScale
  /** Reasons that may be ticked for an answer. */
  readonly reasons: readonly string[]
  /** Reasons that are ticked for the pair on the desk. */
  readonly ticked: readonly string[]
  readonly onDesk: PairOnDesk | undefined
  /** Answer that brought the pair onto the desk. */
  readonly answered: Label | undefined
  /** Number of clips that can be shown. */
  readonly clips: number
  /** Reason why no more clips are played, as a sentence. */
  readonly poolProblem: string | undefined
  /** Reason why the last answers, or clips, do not count yet in the choice of pairs, as a sentence. */
  readonly learnProblem: string | undefined
  /** Whether all pairs were shown. */
  readonly exhausted: boolean
  readonly playing: boolean
  readonly paused: boolean
  /** Answers of this labeller to this question, in the order of the log. */
  readonly log: readonly Label[]
  /** All labels in this browser, including those not saved yet. */
  readonly everything: readonly Label[]
  /** Number of committed labels; undefined until they are counted. */
  readonly saved: number | undefined
  readonly unsaved: number
  /** Reason why they could not be saved yet, as a sentence. */
  readonly saveProblem: string | undefined
  /** Other problem of the storage or of the set-up, as a sentence. */
  readonly storageProblem: string | undefined
  readonly persistence: Persistence | undefined
  /** Number of log entries that are in no file yet. */
  readonly unexported: number
  /** Reason why pairs are picked by another rule than the chosen one, as a sentence. */
  readonly fallback: string | undefined
  /** Result of the last import or export. */
  readonly transfer: { readonly kind: 'done' | 'failed'; readonly text: string } | undefined
  /** Summary of the session that was ended last, as a sentence. */
  readonly ended: string | undefined
  /** Latest event, as a sentence for screen readers. */
  readonly announcement: string
}

export const useDesk = create<DeskState>(() => ({
  phase: 'opening',
  session: undefined,
  begun: false,
  scale: 'two-way',
  reasons: [],
  ticked: [],
  onDesk: undefined,
  answered: undefined,
  clips: 0,
  poolProblem: undefined,
  learnProblem: undefined,
  exhausted: false,
  playing: false,
  paused: false,
  log: [],
  everything: [],
  saved: undefined,
  unsaved: 0,
  saveProblem: undefined,
  storageProblem: undefined,
  persistence: undefined,
  unexported: 0,
  fallback: undefined,
  transfer: undefined,
  ended: undefined,
  announcement: '',
}))

/** Ticks a reason for the pair on the desk, or unticks it. The order is that in which they are offered. */
export function toggleReason(reason: string): void {
  useDesk.setState(({ reasons, ticked }) => ({
    ticked: reasons.filter((each) => ticked.includes(each) !== (each === reason)),
  }))
}
