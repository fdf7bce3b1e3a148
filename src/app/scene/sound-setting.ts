/** Sound setting: off until a visitor turns it on, and persisted by the browser. */
import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'

const settingSchema = z.object({ on: z.boolean() })
type SoundSetting = z.infer<typeof settingSchema>

const QUIET: SoundSetting = { on: false }

export const useSoundSetting = create<SoundSetting>()(
  persist(() => QUIET, {
    name: 'jumppad-sound',
    version: 1,
    // The stored value is untrusted: an invalid one counts as missing.
    merge: (kept, initial) => settingSchema.safeParse(kept).data ?? initial,
  }),
)
