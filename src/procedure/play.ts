import {
  type Beginning,
  PolicyRunner,
  playAll,
  type RolledOut,
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

/** A policy as its parameters. */
export interface PolicyParameters {
  readonly layout: ParameterLayout
  readonly parameters: Float32Array
}

/** Islands played in lockstep. */
const ISLANDS = 64

/** `count` beginnings of one kind that belong to a key. */
export function beginningsOf(key: Key, start: StartKind, count: number): Beginning[] {
  return Array.from({ length: count }, (_, index) => ({
    start,
    seed: keySeed(splitKey(key, 'episode', index)),
  }))
}

/** What of the episodes is kept besides what was done. */
export interface PlayOptions {
  readonly keep?: RolloutOptions['keep']
  /** The block before which the kept stream is taken. */
  readonly streamBefore?: number
}

/** Episodes of a policy, sampled from it as it is, in the order of `beginnings`. */
export async function playPolicy(
  device: Device,
  policy: PolicyParameters,
  beginnings: readonly Beginning[],
  key: Key,
  { keep, streamBefore = 0 }: PlayOptions = {},
): Promise<RolledOut[]> {
  const { layout, parameters } = policy
  const islands = Math.min(ISLANDS, beginnings.length)
  const part = upperLayout(layout, streamBefore === 0 ? 0 : layout.size.layers - streamBefore)
  const runner =
    part.firstLayer === 0
      ? await PolicyRunner.forParameters(device, layout, islands)
      : await PolicyRunner.forPart(device, part, layout, parameters, islands)
  const theta = await device.upload(float32([part.count], partOf(part, layout, parameters)))
  runner.theta = theta
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

/** Replays episodes and keeps what was seen in them. */
export function watchAgain(episodes: readonly Episode[]): SeenClip[] {
  const renderer = new Renderer()
  return episodes.map((episode) => {
    const frames = new Uint8Array(episode.actions.length * FRAME_BYTES)
    replay(episode, (island, index) => island.render(renderer, frames, index * FRAME_BYTES))
    return { actions: episode.actions, frames }
  })
}
