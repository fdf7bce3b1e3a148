/**
 * A script in place of a model: walks straight to one of the three jumppads. It reads the island's
 * state, which no agent may, and says so wherever it is shown.
 */
import {
  type IslandState,
  JUMPPADS,
  type Key,
  type Point,
  RandomStream,
  walkTo,
} from '../island/index.ts'
import type { Policy, PolicyAction } from './policy.ts'

export class ScriptedPolicy implements Policy {
  #target: Point = { x: 0, z: 0 }

  reset(key: Key): void {
    this.#target = new RandomStream(key).pick(JUMPPADS)
  }

  async act(_frame: Uint8Array, state: IslandState): Promise<PolicyAction> {
    return { action: walkTo(state, this.#target), probabilities: undefined }
  }

  async close(): Promise<void> {}
}
