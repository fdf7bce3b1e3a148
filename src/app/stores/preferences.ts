/** What a visitor set once and wants to find again; kept by the browser, not in the address. */
import { create } from 'zustand'
import { persist } from 'zustand/middleware'

interface Preferences {
  /** Shortcuts of a single letter can be turned off (WCAG 2.1.4). */
  readonly letterShortcuts: boolean
}

export const usePreferences = create<Preferences>()(
  persist((): Preferences => ({ letterShortcuts: true }), {
    name: 'jumppad-preferences',
    version: 1,
  }),
)
