/** Decisions and states made by hand, for tests. */
import { type Ending, FRAME_BYTES, type IslandState, startState } from '../../island/index.ts'
import type { ActedDecision } from '../acting/protocol.ts'

/** A state at the start of seed 1, some of it replaced. */
export function stateAt(changes: Partial<IslandState> = {}): IslandState {
  return { ...startState({ start: 'spawn', seed: 1 }), ...changes }
}

/** Decision `index` that ends at x = index + 1. */
export function decisionAt(index: number, ending?: Ending): ActedDecision {
  const outcome = ending === 'none' ? undefined : ending
  return {
    index,
    frame: new Uint8Array(FRAME_BYTES),
    action: 0,
    author: 'a',
    probabilities: new Float32Array(48),
    state: stateAt({ x: index + 1, decision: index + 1, outcome }),
    ending,
    milliseconds: 1,
  }
}
