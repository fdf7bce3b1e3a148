/** Whether the island may be heard: off until a visitor wants it, and kept by the browser. */
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
    // Anybody may have written there: what is no setting is as good as none.
    merge: (kept, initial) => settingSchema.safeParse(kept).data ?? initial,
  }),
)
