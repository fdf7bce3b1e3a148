/** Playing with a policy under training: on the device that trains it, or wherever a `PolicyPlayer` runs. */
import { type Beginning, type Key, Renderer } from '../island/index.ts'
import { type ParameterLayout, partOf, upperLayout } from '../network/index.ts'
import { type Device, type DeviceTensor, float32 } from '../runtime/index.ts'
import { PolicyRunner } from './policy-runner.ts'
import { playAll, type Rollout, type RolloutOptions } from './rollout.ts'

/** Maximum number of islands played in lockstep. */
const ISLANDS = 64

/** Policy that plays. */
export interface PlayingPolicy {
  readonly layout: ParameterLayout
  /** Parameters of the whole policy before it is trained; those that are never trained stay these. */
  readonly parameters: Float32Array
  /** Number of topmost blocks that are trained, below which the stream is taken; 0 for all. */
  readonly layers: number
}

/** Episodes to play. */
export interface PlayOrder extends Pick<RolloutOptions, 'temperature' | 'keep' | 'first'> {
  readonly beginnings: readonly Beginning[]
  /** Key for sampling; see `RolloutOptions`. */
  readonly key: Key
}

/** Plays episodes with a policy whose trained part may change between calls. */
export interface PolicyPlayer {
  /**
   * Plays with the trained part's parameters `theta`, those of `upperLayout(layout, layers)`; resolves to
   * the episodes in the order of their beginnings.
   */
  play(theta: DeviceTensor, order: PlayOrder): Promise<Rollout[]>
  release(): Promise<void>
}

/** Opens a player for at most `islands` islands in lockstep. */
export type OpenPlayer = (policy: PlayingPolicy, islands: number) => Promise<PolicyPlayer>

/** Returns a function that opens players on a device. `theta` must be a tensor of the same device. */
export function playersOn(device: Device): OpenPlayer {
  return async ({ layout, parameters, layers }, islands) => {
    const part = upperLayout(layout, layers)
    const capacity = Math.min(ISLANDS, islands)
    const runner =
      part.firstLayer === 0
        ? await PolicyRunner.forParameters(device, layout, capacity)
        : await PolicyRunner.forPart(device, part, layout, parameters, capacity)
    const renderer = new Renderer()
    return {
      async play(theta, order) {
        await runner.setParameters(theta)
        return await playAll({ runner, renderer, ...order })
      },
      release: () => runner.release(),
    }
  }
}

/** Opens a player, calls `use` with it and the policy's trained part on the device, and frees both. */
export async function withPlayer<T>(
  device: Device,
  open: OpenPlayer,
  policy: PlayingPolicy,
  islands: number,
  use: (player: PolicyPlayer, theta: DeviceTensor) => Promise<T>,
): Promise<T> {
  const { layout, parameters, layers } = policy
  const part = upperLayout(layout, layers)
  const theta = await device.upload(float32([part.count], partOf(part, layout, parameters)))
  try {
    const player = await open(policy, islands)
    try {
      return await use(player, theta)
    } finally {
      await player.release()
    }
  } finally {
    theta.dispose()
  }
}
