/** What the landing page shows besides what moves; changes a few times a second at most. */
import { create } from 'zustand'
import type { Ending } from '../../island/index.ts'
import type { OpenedModel } from '../../lab/acting/protocol.ts'
import type { ManifestEntry } from '../../lab/models/manifest.ts'
import type { PolicyScores } from '../../procedure/manifest.ts'

/** What comes while recordings play. */
export interface Loading {
  /** 0…1 */
  readonly part: number
  readonly waitingFor: string
}

export interface ShippedModel {
  readonly entry: ManifestEntry
  /** How its fresh episodes ended. */
  readonly evaluation: PolicyScores['evaluation'] | undefined
}

export interface LandingState {
  /** Who plays: recordings, until the agents themselves are there. */
  readonly cast: 'recorded' | 'live'
  readonly playing: boolean
  readonly seed: number
  readonly loading: Loading | undefined
  /** Why the agents do not play. */
  readonly problem: string | undefined
  /** The shipped models by stage, once the list has come. */
  readonly models: Readonly<Record<string, ShippedModel>> | undefined
  /** One of the agents that play: all run on the same device. */
  readonly opened: OpenedModel | undefined
  /** How the episodes of this cast have ended so far, by stage. */
  readonly endings: Readonly<Record<string, readonly Ending[]>>
  /** How the last round ended, for those who do not see it. */
  readonly announcement: string
}

export const useLanding = create<LandingState>(() => ({
  cast: 'recorded',
  playing: false,
  seed: 0,
  loading: undefined,
  problem: undefined,
  models: undefined,
  opened: undefined,
  endings: {},
  announcement: '',
}))
