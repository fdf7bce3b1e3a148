import { encodeModel } from '../graph/index.ts'
import {
  HEAD_WIDTHS,
  type ParameterLayout,
  sequenceGraph,
  weightsFromInput,
} from '../network/index.ts'
import {
  type Device,
  type DeviceTensor,
  float32,
  hostOutput,
  type Program,
} from '../runtime/index.ts'
import type { ClipBatch } from './clips.ts'
import { trunkFeed } from './imitation.ts'
import { CLIP_LENGTHS, groupByLength, packClips, type SeenClip } from './seen-clips.ts'

/** Number of clips in one run of the graph, where a caller has no batches of its own. */
const CLIPS_PER_RUN = 8

/** Frozen policy that computes logits for whole clips. */
export class ReferencePolicy {
  readonly #programs: readonly Program[]
  readonly #theta: DeviceTensor

  private constructor(programs: readonly Program[], theta: DeviceTensor) {
    this.#programs = programs
    this.#theta = theta
  }

  /** Creates a policy for batches of `clips` clips padded to any of `CLIP_LENGTHS`. */
  static async create(
    device: Device,
    layout: ParameterLayout,
    parameters: Float32Array,
    clips: number,
  ): Promise<ReferencePolicy> {
    const programs: Program[] = []
    for (const length of CLIP_LENGTHS) {
      const graph = sequenceGraph(layout, { clips, length }, (builder) =>
        weightsFromInput(builder, layout),
      )
      programs.push(await device.load(encodeModel(graph)))
    }
    return new ReferencePolicy(programs, await device.upload(float32([layout.count], parameters)))
  }

  /**
   * Resolves to the logits `[clips × length, 48]` of a batch padded to `CLIP_LENGTHS[lengthIndex]`. Rejects
   * if there is no such length.
   */
  async logits(batch: ClipBatch, lengthIndex: number): Promise<Float32Array> {
    const program = this.#programs[lengthIndex]
    if (program === undefined) throw new Error(`There is no graph for length number ${lengthIndex}`)
    const outputs = await program.run({ ...trunkFeed(batch), theta: this.#theta })
    return hostOutput(outputs, 'logits').data
  }

  async release(): Promise<void> {
    this.#theta.dispose()
    for (const program of this.#programs) await program.release()
  }
}

/** Resolves to a policy's logits `[decisions, 48]` for each clip. */
export async function logitsOf(
  device: Device,
  { layout, parameters }: { readonly layout: ParameterLayout; readonly parameters: Float32Array },
  clips: readonly SeenClip[],
): Promise<Float32Array[]> {
  const policy = await ReferencePolicy.create(device, layout, parameters, CLIPS_PER_RUN)
  const found: Float32Array[] = []
  try {
    for (const { indices, lengthIndex } of groupByLength(clips, CLIPS_PER_RUN)) {
      const length = CLIP_LENGTHS[lengthIndex] ?? 0
      const chosen = indices.flatMap((index) => clips[index] ?? [])
      const rows = await policy.logits(packClips(chosen, length, CLIPS_PER_RUN), lengthIndex)
      for (const [place, index] of indices.entries()) {
        const first = place * length * HEAD_WIDTHS.policy
        const decisions = chosen[place]?.actions.length ?? 0
        found[index] = rows.slice(first, first + decisions * HEAD_WIDTHS.policy)
      }
    }
  } finally {
    await policy.release()
  }
  return found
}
