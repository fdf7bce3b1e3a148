/** Rendering quality, which is lowered where frames take too long. */
import { useFrame } from '@react-three/fiber'
import { useRef } from 'react'
import { choiceProperty, readProperties } from '../stores/url-properties.ts'

/** `high` has shadows and up to 1.75 pixels per CSS pixel, `low` no shadows and 1, `least` 0.5. */
const QUALITIES = ['high', 'low', 'least'] as const
export type Quality = (typeof QUALITIES)[number]

const PROPERTIES = { quality: choiceProperty([...QUALITIES, 'auto'], 'auto') }

/** Returns the quality set by `?quality=` before the hash, which overrides the measured one; or undefined. */
export function wantedQuality(): Quality | undefined {
  const { quality } = readProperties(PROPERTIES, new URLSearchParams(window.location.search))
  return quality === 'auto' ? undefined : quality
}

const WINDOW_SECONDS = 1.5
const ENOUGH_FRAMES_A_SECOND = 32

/** Lowers the quality by a step when frames stay too slow. It is never raised again: that would flicker. */
export function useQuality(quality: Quality, onChange: (quality: Quality) => void): void {
  const watched = useRef({ seconds: 0, frames: 0 })
  const started = useRef(0)
  useFrame((_, seconds) => {
    // The first frames compile shaders; a gap of seconds means that the tab was hidden.
    if (started.current++ < 5 || seconds > 3) return
    watched.current.seconds += seconds
    watched.current.frames++
    if (watched.current.seconds < WINDOW_SECONDS) return
    const rate = watched.current.frames / watched.current.seconds
    watched.current = { seconds: 0, frames: 0 }
    if (rate < ENOUGH_FRAMES_A_SECOND && quality !== 'least') {
      onChange(quality === 'high' ? 'low' : 'least')
    }
  })
}
