/**
 * What the acting worker needs of whatever presses the buttons. The network's runner
 * (`src/alignment`) meets it through `open-policy.ts`.
 */
import type { IslandState, Key } from '../island/index.ts'

export interface PolicyAction {
  readonly action: number
  /** Probabilities of the heads one after the other; undefined where there are none. */
  readonly probabilities: Float32Array | undefined
}

export interface Policy {
  /** Forgets the episode so far; what follows is drawn from `key` alone. */
  reset(key: Key, temperature: number): void
  /**
   * Decides on one frame (`FRAME_BYTES` of RGB). `state` is for players that are allowed to look
   * behind the pixels; a network reads only the frame.
   */
  act(frame: Uint8Array, state: IslandState): Promise<PolicyAction>
  close(): Promise<void>
}
