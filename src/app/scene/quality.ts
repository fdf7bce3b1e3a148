/** How much the machine is asked to draw: less where frames take too long. */
import { useFrame } from '@react-three/fiber'
import { useRef } from 'react'
import { choiceProperty, readProperties } from '../stores/url-properties.ts'

/** `high` has shadows and fine pixels, `low` neither, `least` draws fewer pixels than the screen. */
const QUALITIES = ['high', 'low', 'least'] as const
export type Quality = (typeof QUALITIES)[number]

const PROPERTIES = { quality: choiceProperty([...QUALITIES, 'auto'], 'auto') }

/** `?quality=` in the address, before the hash, overrules what the machine can take. */
export function wantedQuality(): Quality | undefined {
  const { quality } = readProperties(PROPERTIES, new URLSearchParams(window.location.search))
  return quality === 'auto' ? undefined : quality
}

const WINDOW_SECONDS = 1.5
const ENOUGH_FRAMES_A_SECOND = 32

/** Goes one step down when frames stay too slow. It never goes back up: that would flicker. */
export function useQuality(quality: Quality, onChange: (quality: Quality) => void): void {
  const watched = useRef({ seconds: 0, frames: 0 })
  const started = useRef(0)
  useFrame((_, seconds) => {
    // The first frames compile shaders; a gap of seconds is a tab that was hidden.
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
