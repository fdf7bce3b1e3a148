import { EPISODE_DECISIONS, FRAME_BYTES, FRAME_HEIGHT, FRAME_WIDTH } from '../../island/index.ts'
import { cacheNames, headWidth, type NetworkSize } from '../../network/index.ts'
import type { Feeds } from '../../runtime/index.ts'

/** Returns feeds of the step graph for the first decision of `islands` islands, to calibrate devices. */
export function stepFeeds(size: NetworkSize, islands: number): Feeds {
  const side = [islands, size.heads, EPISODE_DECISIONS, headWidth(size)]
  const zeros = () => new Float32Array(islands * EPISODE_DECISIONS * size.width)
  const caches = Array.from({ length: size.layers }, (_, layer) => cacheNames(layer)).flatMap(
    ({ keys, values }) => [keys, values],
  )
  return {
    frames: {
      type: 'uint8',
      shape: [islands, FRAME_HEIGHT, FRAME_WIDTH, 3],
      data: new Uint8Array(islands * FRAME_BYTES).fill(128),
    },
    position: { type: 'int32', shape: [islands], data: new Int32Array(islands) },
    ...Object.fromEntries(
      caches.map((name) => [name, { type: 'float32', shape: side, data: zeros() } as const]),
    ),
  }
}
