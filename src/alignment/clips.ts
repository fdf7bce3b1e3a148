import {
  type Episode,
  FRAME_BYTES,
  HEAD_SIZES,
  headsFromAction,
  Island,
  type Renderer,
} from '../island/index.ts'

const HEADS = HEAD_SIZES.length

/**
 * Batch of whole clips as the training graphs take them, clip-major and padded at the end to one length.
 * Padding has weight 0 and frames of zeros.
 */
export interface ClipBatch {
  readonly clips: number
  readonly length: number
  /** uint8 `[clips × length, 32, 64, 3]`: the frame seen before each row's decision. */
  readonly frames: Uint8Array
  /**
   * float32 `[clips × length, width]`: the residual stream below a network's upper blocks. It replaces
   * `frames`, which is then empty.
   */
  readonly stream?: Float32Array
  /** int32 `[clips × length, 6]`: the choice made by each action head. */
  readonly actions: Int32Array
  /** float32 `[clips × length]`: 1 for a decision that was made, 0 for padding. */
  readonly weights: Float32Array
  /** Number of decisions in each clip, int32 `[clips]`. */
  readonly decisions: Int32Array
}

/** Returns a batch of padding: streams with `streamWidth` features per decision if given, else frames. */
export function emptyBatch(clips: number, length: number, streamWidth?: number): ClipBatch {
  const rows = clips * length
  return {
    clips,
    length,
    ...(streamWidth === undefined
      ? { frames: new Uint8Array(rows * FRAME_BYTES) }
      : { frames: new Uint8Array(0), stream: new Float32Array(rows * streamWidth) }),
    actions: new Int32Array(rows * HEADS),
    weights: new Float32Array(rows),
    decisions: new Int32Array(clips),
  }
}

/**
 * Replays `episode` and writes its frames and actions into clip `index` of `batch`. Throws if the
 * episode is longer than the batch's length.
 */
function fillClip(batch: ClipBatch, index: number, episode: Episode, renderer: Renderer): void {
  const count = episode.actions.length
  if (count > batch.length) {
    throw new Error(`An episode of ${count} decisions does not fit a clip of ${batch.length}`)
  }
  const island = new Island(episode)
  const first = index * batch.length
  for (let decision = 0; decision < count; decision++) {
    const row = first + decision
    island.render(renderer, batch.frames, row * FRAME_BYTES)
    const action = episode.actions[decision] ?? 0
    headsFromAction(action, batch.actions, row * HEADS)
    batch.weights[row] = 1
    island.step(action)
  }
  batch.decisions[index] = count
}

/** Replays and renders episodes into one batch. */
export function renderClips(
  episodes: readonly Episode[],
  length: number,
  renderer: Renderer,
): ClipBatch {
  const batch = emptyBatch(episodes.length, length)
  for (const [index, episode] of episodes.entries()) fillClip(batch, index, episode, renderer)
  return batch
}
