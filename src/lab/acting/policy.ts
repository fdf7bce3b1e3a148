/** Interface between the acting worker and whatever chooses the actions. */
import type { Key } from '../../island/index.ts'

export interface PolicyAction {
  readonly action: number
  /** Probabilities of all heads, concatenated; their lengths are `HEAD_SIZES`. */
  readonly probabilities: Float32Array
}

export interface Policy {
  /** Starts a new episode, whose actions are sampled with random numbers from `key` alone. */
  reset(key: Key, temperature: number): void
  /** Rewinds to after the first `decisions` decisions of this episode, whose cache is kept. */
  rewind(decisions: number): void
  /** Chooses an action for one frame, `FRAME_BYTES` of RGB. */
  act(frame: Uint8Array): Promise<PolicyAction>
  close(): Promise<void>
}
