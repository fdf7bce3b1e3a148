/** State of the landing page apart from what moves; changes at most a few times a second. */
import { create } from 'zustand'
import type { Ending } from '../../island/index.ts'
import type { OpenedModel } from '../../lab/acting/protocol.ts'
import type { ManifestEntry } from '../../lab/models/manifest.ts'
import type { PolicyScores } from '../../procedure/manifest.ts'

/** Download that is under way while recordings play. */
interface Loading {
  /** Share that is loaded, 0…1. */
  readonly part: number
  readonly waitingFor: string
}

export interface ShippedModel {
  readonly entry: ManifestEntry
  /** Outcomes of its fresh episodes; undefined for a reward model. */
  readonly evaluation: PolicyScores['evaluation'] | undefined
}

export interface LandingState {
  /** Source of the play: recordings, until the agents themselves are loaded. */
  readonly cast: 'recorded' | 'live'
  readonly playing: boolean
  readonly seed: number
  readonly loading: Loading | undefined
  /** Reason why the agents do not play, as a sentence. */
  readonly problem: string | undefined
  /** Shipped models by stage; undefined until their list is loaded. */
  readonly models: Readonly<Record<string, ShippedModel>> | undefined
  /** Description of one of the agents that play; all run on the same device. */
  readonly opened: OpenedModel | undefined
  /** Endings of this cast's episodes so far, by stage. */
  readonly endings: Readonly<Record<string, readonly Ending[]>>
  /** Endings of the last round, as a sentence for screen readers. */
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
