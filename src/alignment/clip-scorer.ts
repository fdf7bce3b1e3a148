import { encodeModel } from '../graph/index.ts'
import { type ParameterLayout, rewardScoreGraph, weightsFromInput } from '../network/index.ts'
import {
  type Device,
  type DeviceTensor,
  type Feeds,
  hostOutput,
  type Program,
} from '../runtime/index.ts'
import type { ClipBatch } from './clips.ts'
import { trunkFeed } from './imitation.ts'
import { groupByLength, packClips, rowLengths, type SeenClip, thinned } from './seen-clips.ts'

/** Number of clips in one run of the scoring graph. */
const CLIPS_PER_RUN = 8

/**
 * Returns the feeds that score a batch: those of `trunkFeed`, and `lastFrame` float32 `[clips, length]`,
 * 1 at each clip's last decision and 0 elsewhere.
 */
export function rewardFeeds(batch: ClipBatch): Feeds {
  const rows = batch.clips * batch.length
  const lastFrame = new Float32Array(rows)
  for (const [clip, decisions] of batch.decisions.entries()) {
    if (decisions > 0) lastFrame[clip * batch.length + decisions - 1] = 1
  }
  return {
    ...trunkFeed(batch),
    lastFrame: { type: 'float32', shape: [batch.clips, batch.length], data: lastFrame },
  }
}

/** Rewards of clips, and the trunk features they are computed from. */
export interface ScoredClips {
  readonly rewards: Float32Array
  /**
   * Features at each decision, `[decisions × width]` per clip; the reward is read from the last one. With a
   * stride, a decision whose frame is not read has those of the last one read before, or zeros.
   */
  readonly steps: readonly Float32Array[]
}

/** Scores any number of clips with reward-model parameters that are already on the device. */
export class ClipScorer {
  readonly #programs: readonly Program[]
  readonly #width: number
  readonly #stride: number

  private constructor(programs: readonly Program[], width: number, stride: number) {
    this.#programs = programs
    this.#width = width
    this.#stride = stride
  }

  /** Creates a scorer that reads every `stride`-th frame of a clip; see `thinned`. */
  static async create(device: Device, layout: ParameterLayout, stride = 1): Promise<ClipScorer> {
    const programs: Program[] = []
    for (const length of rowLengths(stride)) {
      const graph = rewardScoreGraph(layout, { clips: CLIPS_PER_RUN, length, stride }, (builder) =>
        weightsFromInput(builder, layout),
      )
      programs.push(await device.load(encodeModel(graph)))
    }
    return new ClipScorer(programs, layout.size.width, stride)
  }

  async score(theta: DeviceTensor, clips: readonly SeenClip[]): Promise<ScoredClips> {
    const width = this.#width
    const stride = this.#stride
    const lengths = rowLengths(stride)
    const rewards = new Float32Array(clips.length)
    const steps: Float32Array[] = []
    for (const { indices, lengthIndex } of groupByLength(clips, CLIPS_PER_RUN)) {
      const chosen = indices.flatMap((index) => clips[index] ?? [])
      const read = chosen.map((clip) => thinned(clip, stride))
      const batch = packClips(read, lengths[lengthIndex] ?? 0, CLIPS_PER_RUN)
      const outputs = await this.#programs[lengthIndex]?.run({ ...rewardFeeds(batch), theta })
      if (outputs === undefined) throw new Error(`No graph for length number ${lengthIndex}`)
      const found = hostOutput(outputs, 'rewards').data
      const seen = hostOutput(outputs, 'steps').data
      for (const [from, to] of indices.entries()) {
        rewards[to] = found[from] ?? Number.NaN
        const first = from * batch.length * width
        const rows = seen.subarray(first, first + (batch.decisions[from] ?? 0) * width)
        steps[to] = spreadRows(rows, width, stride, chosen[from]?.actions.length ?? 0)
      }
    }
    return { rewards, steps }
  }

  async release(): Promise<void> {
    for (const program of this.#programs) await program.release()
  }
}

/** Returns rows of every `stride`-th decision, the last one included, spread over all decisions. */
function spreadRows(
  rows: Float32Array,
  width: number,
  stride: number,
  decisions: number,
): Float32Array {
  if (stride === 1) return rows.slice()
  const spread = new Float32Array(decisions * width)
  const count = rows.length / width
  for (let decision = 0; decision < decisions; decision++) {
    const row = count - 1 - Math.ceil((decisions - 1 - decision) / stride)
    if (row >= 0) spread.set(rows.subarray(row * width, (row + 1) * width), decision * width)
  }
  return spread
}

/** Reward model on a device, for scoring only. */
export class RewardModel {
  readonly #scorer: ClipScorer
  readonly #theta: DeviceTensor

  private constructor(scorer: ClipScorer, theta: DeviceTensor) {
    this.#scorer = scorer
    this.#theta = theta
  }

  /** Creates a model that reads every `stride`-th frame of a clip. */
  static async create(
    device: Device,
    layout: ParameterLayout,
    parameters: Float32Array,
    stride = 1,
  ): Promise<RewardModel> {
    const theta = await device.upload({ type: 'float32', shape: [layout.count], data: parameters })
    return new RewardModel(await ClipScorer.create(device, layout, stride), theta)
  }

  score(clips: readonly SeenClip[]): Promise<ScoredClips> {
    return this.#scorer.score(this.#theta, clips)
  }

  async rewards(clips: readonly SeenClip[]): Promise<Float32Array> {
    return (await this.score(clips)).rewards
  }

  async release(): Promise<void> {
    this.#theta.dispose()
    await this.#scorer.release()
  }
}
