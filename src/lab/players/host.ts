/** Worker that plays episodes for a training, without the thread: tests run it directly. */
import {
  type PlayingPolicy,
  type PlayOrder,
  type PolicyPlayer,
  playersOn,
  type Rollout,
} from '../../alignment/index.ts'
import { type Device, float32 } from '../../runtime/index.ts'

export interface PlayerWorker {
  /** Loads a policy that plays on at most `islands` islands at once, in place of the previous one. */
  open(policy: PlayingPolicy, islands: number): Promise<void>
  /** Plays with the trained part's parameters `theta`; see `PolicyPlayer`. Rejects if no policy is open. */
  play(theta: Float32Array, order: PlayOrder): Promise<Rollout[]>
}

/** Returns the worker's calls, which run on the device that `openDevice` opens once. */
export function createPlayerHost(openDevice: () => Promise<Device>): PlayerWorker {
  let opened: Promise<Device> | undefined
  let player: PolicyPlayer | undefined
  const device = () => {
    opened ??= openDevice()
    return opened
  }
  return {
    async open(policy, islands) {
      await player?.release()
      player = await playersOn(await device())(policy, islands)
    },
    async play(theta, order) {
      if (player === undefined) throw new Error('No policy is open: open one before playing')
      const uploaded = await (await device()).upload(float32([theta.length], theta))
      try {
        return await player.play(uploaded, order)
      } finally {
        uploaded.dispose()
      }
    },
  }
}
