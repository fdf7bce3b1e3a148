import { encodeModel } from '../graph/index.ts'
import { type ParameterLayout, streamGraph, weightsFromInput } from '../network/index.ts'
import { type Device, float32, hostOutput } from '../runtime/index.ts'
import { trunkFeed } from './imitation.ts'
import { CLIP_LENGTHS, groupByLength, packClips, type SeenClip } from './seen-clips.ts'

/** Number of clips in one run of the graph. */
const CLIPS_PER_RUN = 8

/**
 * Resolves to the clips with the residual stream that a network's blocks below `firstLayer` compute from
 * their frames, which are left out. The clips are returned unchanged if `firstLayer` is 0.
 */
export async function withStreams(
  device: Device,
  { layout, parameters }: { readonly layout: ParameterLayout; readonly parameters: Float32Array },
  firstLayer: number,
  clips: readonly SeenClip[],
): Promise<readonly SeenClip[]> {
  if (firstLayer === 0) return clips
  const { width } = layout.size
  const theta = await device.upload(float32([layout.count], parameters))
  const found: SeenClip[] = []
  try {
    for (const [lengthIndex, length] of CLIP_LENGTHS.entries()) {
      const groups = groupByLength(clips, CLIPS_PER_RUN).filter(
        (group) => group.lengthIndex === lengthIndex,
      )
      if (groups.length === 0) continue
      const shape = { clips: CLIPS_PER_RUN, length }
      const graph = streamGraph(layout.size, firstLayer, shape, (builder) =>
        weightsFromInput(builder, layout),
      )
      const program = await device.load(encodeModel(graph))
      try {
        for (const { indices } of groups) {
          const chosen = indices.flatMap((index) => clips[index] ?? [])
          const batch = packClips(chosen, length, CLIPS_PER_RUN)
          const { data } = hostOutput(await program.run({ ...trunkFeed(batch), theta }), 'stream')
          for (const [row, index] of indices.entries()) {
            const { actions } = chosen[row] ?? { actions: new Uint16Array(0) }
            const first = row * length * width
            const stream = data.slice(first, first + actions.length * width)
            found[index] = { actions, frames: new Uint8Array(0), stream }
          }
        }
      } finally {
        await program.release()
      }
    }
  } finally {
    theta.dispose()
  }
  return found
}
