import { type Key, RandomStream } from '../island/index.ts'
import type { SeenClip } from './seen-clips.ts'

const MIDDLE = 128
/** Largest change of brightness at an `amount` of 1, in steps of an 8-bit channel. */
const BRIGHTNESS = 60

/**
 * Returns a clip in another light: the contrast of each channel changes by up to `amount` (0.25: a
 * quarter more or less) and the brightness of all channels by up to 60 × `amount`, identically in all
 * frames. Preferences do not depend on the light, so a reward model must not either.
 */
export function inOtherLight(clip: SeenClip, amount: number, key: Key): SeenClip {
  const random = new RandomStream(key)
  const change = (): number => amount * (2 * random.uniform() - 1)
  const brightness = BRIGHTNESS * change()
  const [red, green, blue] = [change(), change(), change()].map((contrast) =>
    Uint8ClampedArray.from(
      { length: 256 },
      (_, value) => (value - MIDDLE) * (1 + contrast) + MIDDLE + brightness,
    ),
  )
  const frames = new Uint8Array(clip.frames.length)
  for (let pixel = 0; pixel < frames.length; pixel += 3) {
    frames[pixel] = red?.[clip.frames[pixel] ?? 0] ?? 0
    frames[pixel + 1] = green?.[clip.frames[pixel + 1] ?? 0] ?? 0
    frames[pixel + 2] = blue?.[clip.frames[pixel + 2] ?? 0] ?? 0
  }
  return { ...clip, frames }
}
