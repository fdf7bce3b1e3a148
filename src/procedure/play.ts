import {
  type OpenPlayer,
  playersOn,
  type Rollout,
  type RolloutOptions,
  type SeenClip,
  withPlayer,
} from '../alignment/index.ts'
import {
  type Beginning,
  type Episode,
  FRAME_BYTES,
  type IslandMap,
  type Key,
  keySeed,
  Renderer,
  replay,
  type StartKind,
  splitKey,
} from '../island/index.ts'
import type { ParameterLayout } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'

/** Parameters of a policy or a reward model, with their layout. */
export interface NetworkParameters {
  readonly layout: ParameterLayout
  readonly parameters: Float32Array
}

/**
 * Returns `count` beginnings of one kind, derived from a key, on these islands in turn; on the first one if
 * there are none.
 */
export function beginningsOf(
  key: Key,
  start: StartKind,
  count: number,
  islands: readonly (IslandMap | undefined)[] = [],
): Beginning[] {
  return Array.from({ length: count }, (_, index) => {
    const island = islands[index % islands.length]
    return { start, seed: keySeed(splitKey(key, 'episode', index)), ...(island && { island }) }
  })
}

/** Data kept of the episodes besides their actions. */
export interface PlayOptions {
  readonly keep?: RolloutOptions['keep']
  /** Index of the block before which the kept stream is taken; 0 runs all blocks from frames. */
  readonly streamBefore?: number
  /** Sampling temperature, 1 by default. */
  readonly temperature?: number
  /** Opens the player; on the device if omitted. */
  readonly open?: OpenPlayer | undefined
}

/**
 * Plays episodes with a policy, on `device` or with the player that `open` gives; resolves with them in
 * the order of `beginnings`.
 */
export function playPolicy(
  device: Device,
  policy: NetworkParameters,
  beginnings: readonly Beginning[],
  key: Key,
  { keep, streamBefore = 0, temperature = 1, open = playersOn(device) }: PlayOptions = {},
): Promise<Rollout[]> {
  const layers = streamBefore === 0 ? 0 : policy.layout.size.layers - streamBefore
  const order = { beginnings, key, temperature, ...(keep && { keep }) }
  return withPlayer(device, open, { ...policy, layers }, beginnings.length, (player, theta) =>
    player.play(theta, order),
  )
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
