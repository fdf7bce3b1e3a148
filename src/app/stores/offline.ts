/** How far the lab can be used without a network. */
import { create } from 'zustand'

export interface OfflineState {
  /** What works without a network; undefined until the first of it is kept. */
  readonly ready: 'pages' | 'agents' | undefined
  /** How many models are kept. */
  readonly models: number
  /** Why not all could be kept. */
  readonly problem: string | undefined
  /** A new version comes with the next visit. */
  readonly update: boolean
}

export const useOffline = create<OfflineState>(() => ({
  ready: undefined,
  models: 0,
  problem: undefined,
  update: false,
}))
