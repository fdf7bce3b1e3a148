/**
 * Occlusion maps of a reward: how much the reward changes when a part of what the agent saw is hidden
 * (Zeiler & Fergus 2014, arXiv 1311.2901, section 4.2).
 */
import { FRAME_BYTES, FRAME_WIDTH } from '../island/index.ts'
import { PATCH_COLUMNS, PATCH_SIDE, PATCHES } from '../network/index.ts'
import type { SeenClip } from './seen-clips.ts'

const CHANNELS = 3

/** Frames in which a patch is hidden: the last one alone, or all of them. */
export type HiddenIn = 'last frame' | 'all frames'

/** Number of clips that are scored between two reports: as many as one run of the scoring graph takes. */
const AT_A_TIME = 8

export interface OcclusionMap {
  /** Reward of the clip as it was seen. */
  readonly reward: number
  /**
   * Reward minus the reward with one patch hidden, for each of the network's 4 × 8 patches, row by row:
   * positive where what the patch shows raises the reward.
   */
  readonly effects: Float32Array
}

/** Returns the part of a clip that ends with the frame seen before `decision`, counted from 0. */
export function clipUntil({ actions, frames }: SeenClip, decision: number): SeenClip {
  const length = decision + 1
  return { actions: actions.slice(0, length), frames: frames.slice(0, length * FRAME_BYTES) }
}

/**
 * Returns a clip with one of the network's patches replaced, in each frame in which it is hidden, by the
 * mean colour of that frame.
 */
export function withHiddenPatch(clip: SeenClip, patch: number, where: HiddenIn): SeenClip {
  const frames = clip.frames.slice()
  const last = frames.length - FRAME_BYTES
  for (let frame = where === 'all frames' ? 0 : last; frame <= last; frame += FRAME_BYTES) {
    paint(frames.subarray(frame, frame + FRAME_BYTES), patch)
  }
  return { actions: clip.actions, frames }
}

/** Fills a patch of a frame with the frame's mean colour. */
function paint(frame: Uint8Array, patch: number): void {
  const colour = meanColour(frame)
  const top = PATCH_SIDE * Math.floor(patch / PATCH_COLUMNS)
  const left = PATCH_SIDE * (patch % PATCH_COLUMNS)
  for (let row = top; row < top + PATCH_SIDE; row++) {
    for (let column = left; column < left + PATCH_SIDE; column++) {
      frame.set(colour, CHANNELS * (row * FRAME_WIDTH + column))
    }
  }
}

function meanColour(frame: Uint8Array): number[] {
  const sums = [0, 0, 0]
  for (const [index, value] of frame.entries()) {
    sums[index % CHANNELS] = (sums[index % CHANNELS] ?? 0) + value
  }
  return sums.map((sum) => Math.round((sum * CHANNELS) / frame.length))
}

/**
 * Computes the occlusion map of a clip's reward, as `rewardsOf` gives it for clips. Yields the number of
 * patches done between batches of clips, so that the caller can stop.
 */
export async function* occlusionMap(
  rewardsOf: (clips: readonly SeenClip[]) => Promise<ArrayLike<number>>,
  clip: SeenClip,
  where: HiddenIn,
): AsyncGenerator<number, OcclusionMap> {
  const [reward = Number.NaN] = Array.from(await rewardsOf([clip]))
  const effects = new Float32Array(PATCHES)
  for (let first = 0; first < PATCHES; first += AT_A_TIME) {
    yield first
    const hidden = Array.from({ length: AT_A_TIME }, (_, index) =>
      withHiddenPatch(clip, first + index, where),
    )
    for (const [index, found] of Array.from(await rewardsOf(hidden)).entries()) {
      effects[first + index] = reward - found
    }
  }
  return { reward, effects }
}
