/** What the Watch page shows besides the moving picture; changes at most a few times a second. */
import { create } from 'zustand'
import type { Gamepad } from '../../island/index.ts'
import type { ProblemKind } from '../../lab/errors.ts'
import type { ManifestEntry } from '../../lab/manifest.ts'
import type { OpenedModel } from '../../lab/protocol.ts'
import { EMPTY_TALLY, type Tally } from '../../lab/tally.ts'

export interface Problem {
  readonly kind: ProblemKind
  readonly message: string
}

export interface WatchState {
  /** undefined until the manifest was read. */
  models: readonly ManifestEntry[] | undefined
  status: 'loading' | 'ready' | 'failed'
  /** What is being waited for while `loading`. */
  waitingFor: string
  problem: Problem | undefined
  opened: OpenedModel | undefined
  playing: boolean
  /** Decisions of this episode that have been shown. */
  decisions: number
  gamepad: Gamepad | undefined
  probabilities: Float32Array | undefined
  /** Tallies by stage. */
  tallies: Readonly<Record<string, Tally>>
  /** What became of the last episode, as a sentence. */
  latest: string
  /** The last thing that happened at all, for those who do not see it. */
  announcement: string
}

export const useWatch = create<WatchState>(() => ({
  models: undefined,
  status: 'loading',
  waitingFor: 'the list of models',
  problem: undefined,
  opened: undefined,
  playing: false,
  decisions: 0,
  gamepad: undefined,
  probabilities: undefined,
  tallies: {},
  latest: '',
  announcement: '',
}))

export function tallyOf(state: WatchState, stage: string): Tally {
  return state.tallies[stage] ?? EMPTY_TALLY
}
