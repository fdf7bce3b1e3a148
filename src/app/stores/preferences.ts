/** Preferences of a visitor, stored by the browser and not in the address. */
import { create } from 'zustand'
import { persist } from 'zustand/middleware'

interface Preferences {
  /** Whether single-letter shortcuts are on; they can be turned off (WCAG 2.1.4). */
  readonly letterShortcuts: boolean
}

export const usePreferences = create<Preferences>()(
  persist((): Preferences => ({ letterShortcuts: true }), {
    name: 'jumppad-preferences',
    version: 1,
  }),
)
