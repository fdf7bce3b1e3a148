/** What the acting worker needs of whatever presses the buttons. */
import type { Key } from '../../island/index.ts'

export interface PolicyAction {
  readonly action: number
  /** Probabilities of the heads one after the other, `HEAD_SIZES`. */
  readonly probabilities: Float32Array
}

export interface Policy {
  /** Forgets the episode so far; what follows is drawn from `key` alone. */
  reset(key: Key, temperature: number): void
  /** Goes back to after the first `decisions` of this episode; these stay remembered. */
  rewind(decisions: number): void
  /** Decides on one frame, `FRAME_BYTES` of RGB. */
  act(frame: Uint8Array): Promise<PolicyAction>
  close(): Promise<void>
}
