/** State of offline use. */
import { create } from 'zustand'

export interface OfflineState {
  /** Part of the lab that works offline: pages alone, or agents too; undefined until pages are cached. */
  readonly ready: 'pages' | 'agents' | undefined
  /** Number of cached models. */
  readonly models: number
  /** Reason why not everything could be cached, as a sentence. */
  readonly problem: string | undefined
  /** Whether the next visit loads a new version. */
  readonly update: boolean
}

export const useOffline = create<OfflineState>(() => ({
  ready: undefined,
  models: 0,
  problem: undefined,
  update: false,
}))
