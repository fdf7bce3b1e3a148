import { type Key, RandomStream } from '../island/index.ts'
import type { SeenClip } from './seen-clips.ts'

const MIDDLE = 128
/** Change of brightness that goes with a change of contrast of 1, in steps of a channel. */
const BRIGHTNESS = 60

/**
 * A clip as it would have looked in another light: the contrast of each channel is changed by up to
 * `amount` (0.25: a quarter more or less), and the brightness of all with it, the same for all its
 * frames. What is preferred does not depend on the light, so a reward model may not either.
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
