/** What the labelling desk shows besides the moving pictures; changes with every answer. */
import { create } from 'zustand'
import type { Label, ScheduledPair, Session } from '../../alignment/labels/index.ts'
import type { Persistence } from '../../storage/index.ts'
import type { Reel } from '../replay/film.ts'

/** The pair on the screen. */
export interface PairOnDesk {
  readonly pair: Omit<ScheduledPair, 'known'> & {
    readonly known?: ScheduledPair['known'] | undefined
  }
  /** Of this session, 1 for the first. */
  readonly number: number
  /** Left and right. */
  readonly reels: readonly [Reel, Reel]
  /** The answer that may be changed; undefined for a pair that has none yet. */
  readonly revisits: Label | undefined
}

export interface DeskState {
  /** `elsewhere`: another tab is labelling. */
  readonly phase: 'opening' | 'elsewhere' | 'ready'
  /** What is being labelled, or set up. */
  readonly session: Session | undefined
  /** Whether the session has begun; until then it can be set up. */
  readonly begun: boolean
  readonly onDesk: PairOnDesk | undefined
  /** The answer that brought it there. */
  readonly answered: Label | undefined
  /** Clips that can be shown. */
  readonly clips: number
  /** Why no more clips are made. */
  readonly poolProblem: string | undefined
  /** Whether all pairs were shown. */
  readonly exhausted: boolean
  readonly playing: boolean
  readonly paused: boolean
  /** All answers of this labeller to this question, in the order of the log. */
  readonly log: readonly Label[]
  /** Everything that is kept in this browser. */
  readonly everything: readonly Label[]
  /** Labels that are committed; undefined until they were counted. */
  readonly saved: number | undefined
  readonly unsaved: number
  /** Why they could not be saved. */
  readonly saveProblem: string | undefined
  /** What else storage has to say. */
  readonly storageProblem: string | undefined
  readonly persistence: Persistence | undefined
  /** Entries that are in no file yet. */
  readonly unexported: number
  /** Why pairs are picked by another rule than was asked for. */
  readonly fallback: string | undefined
  /** What became of the last import or export. */
  readonly transfer: { readonly kind: 'done' | 'failed'; readonly text: string } | undefined
  /** What the session that was ended came to, as a sentence. */
  readonly ended: string | undefined
  /** For those who do not see it. */
  readonly announcement: string
}

export const useDesk = create<DeskState>(() => ({
  phase: 'opening',
  session: undefined,
  begun: false,
  onDesk: undefined,
  answered: undefined,
  clips: 0,
  poolProblem: undefined,
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
