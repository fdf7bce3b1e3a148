import {
  type Beginning,
  PolicyRunner,
  playAll,
  type Rollout,
  type RolloutOptions,
  type SeenClip,
} from '../alignment/index.ts'
import {
  type Episode,
  FRAME_BYTES,
  type Key,
  keySeed,
  Renderer,
  replay,
  type StartKind,
  splitKey,
} from '../island/index.ts'
import { type ParameterLayout, partOf, upperLayout } from '../network/index.ts'
import { type Device, float32 } from '../runtime/index.ts'

/** Parameters of a policy or a reward model, with their layout. */
export interface NetworkParameters {
  readonly layout: ParameterLayout
  readonly parameters: Float32Array
}

/** Maximum number of islands played in lockstep. */
const ISLANDS = 64

/** Returns `count` beginnings of one kind, derived from a key. */
export function beginningsOf(key: Key, start: StartKind, count: number): Beginning[] {
  return Array.from({ length: count }, (_, index) => ({
    start,
    seed: keySeed(splitKey(key, 'episode', index)),
  }))
}

/** Data kept of the episodes besides their actions. */
export interface PlayOptions {
  readonly keep?: RolloutOptions['keep']
  /** Index of the block before which the kept stream is taken; 0 runs all blocks from frames. */
  readonly streamBefore?: number
}

/**
 * Plays episodes with a policy at temperature 1; resolves with them in the order of `beginnings`.
 */
export async function playPolicy(
  device: Device,
  policy: NetworkParameters,
  beginnings: readonly Beginning[],
  key: Key,
  { keep, streamBefore = 0 }: PlayOptions = {},
): Promise<Rollout[]> {
  const { layout, parameters } = policy
  const islands = Math.min(ISLANDS, beginnings.length)
  const part = upperLayout(layout, streamBefore === 0 ? 0 : layout.size.layers - streamBefore)
  const runner =
    part.firstLayer === 0
      ? await PolicyRunner.forParameters(device, layout, islands)
      : await PolicyRunner.forPart(device, part, layout, parameters, islands)
  const theta = await device.upload(float32([part.count], partOf(part, layout, parameters)))
  await runner.setParameters(theta)
  try {
    const renderer = new Renderer()
    return await playAll({
      runner,
      renderer,
      beginnings,
      temperature: 1,
      key,
      ...(keep && { keep }),
    })
  } finally {
    theta.dispose()
    await runner.release()
  }
}

/**
 * Replays episodes and returns their actions and rendered frames, uint8 `[decisions, 32, 64, 3]`.
 */
export function renderEpisodes(episodes: readonly Episode[]): SeenClip[] {
  const renderer = new Renderer()
  return episodes.map((episode) => {
    const frames = new Uint8Array(episode.actions.length * FRAME_BYTES)
    replay(episode, (island, index) => island.render(renderer, frames, index * FRAME_BYTES))
    return { actions: episode.actions, frames }
  })
}
