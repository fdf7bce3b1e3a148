/** View settings and shortcuts of the desk, stored by the browser. */
import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { webGl } from '../scene/webgl.ts'

export const CAMERAS = ['behind', 'above', 'map'] as const
export type DeskCamera = (typeof CAMERAS)[number]

/** Playback speeds, as multiples of the original. */
export const SPEEDS = [1, 2, 3, 4] as const
export type Speed = (typeof SPEEDS)[number]

/** Commands that characters can be mapped to; arrows, Space and Backspace cannot be remapped. */
export const CHARACTER_COMMANDS = [
  'replay',
  'speed 1',
  'speed 2',
  'speed 3',
  'speed 4',
  'camera',
  'keys',
] as const
export type CharacterCommand = (typeof CHARACTER_COMMANDS)[number]
export type KeyMap = Readonly<Record<CharacterCommand, string>>

export const DEFAULT_KEYS: KeyMap = {
  replay: 'r',
  'speed 1': '1',
  'speed 2': '2',
  'speed 3': '3',
  'speed 4': '4',
  camera: 'c',
  keys: '?',
}

const viewSchema = z.object({
  camera: z.enum(CAMERAS),
  speed: z.literal([...SPEEDS]),
  panel: z.boolean(),
  keys: z.record(z.enum(CHARACTER_COMMANDS), z.string().length(1)),
})

export interface DeskView {
  readonly camera: DeskCamera
  readonly speed: Speed
  /** Whether the panel beside the clips is open. */
  readonly panel: boolean
  readonly keys: KeyMap
}

export const useView = create<DeskView>()(
  persist(
    (): DeskView => ({
      // Without a GPU, 3D rendering would be slow.
      camera: webGl() === 'gpu' ? 'behind' : 'map',
      speed: 1,
      panel: true,
      keys: DEFAULT_KEYS,
    }),
    {
      name: 'jumppad-labelling',
      version: 1,
      merge: (kept, fresh) => viewSchema.safeParse(kept).data ?? fresh,
    },
  ),
)

export function nextCamera(): void {
  useView.setState(({ camera }) => ({
    camera: CAMERAS[(CAMERAS.indexOf(camera) + 1) % CAMERAS.length] ?? 'map',
  }))
}
