import { ACTION_COUNT, FRAME_BYTES, type Key, RandomStream } from '../../island/index.ts'
import type { SeenClip } from '../seen-clips.ts'

/** Returns a clip of random actions and noise around one brightness: faster to make than to render. */
export function madeUpClip(key: Key, decisions: number, brightness = 128): SeenClip {
  const random = new RandomStream(key)
  const noise = Uint8Array.from(
    { length: 2 * FRAME_BYTES },
    () => brightness - 40 + random.below(80),
  )
  const frames = new Uint8Array(decisions * FRAME_BYTES)
  const actions = new Uint16Array(decisions)
  for (let decision = 0; decision < decisions; decision++) {
    const first = random.below(FRAME_BYTES)
    frames.set(noise.subarray(first, first + FRAME_BYTES), decision * FRAME_BYTES)
    actions[decision] = random.below(ACTION_COUNT)
  }
  return { actions, frames }
}
