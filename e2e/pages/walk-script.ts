/** Episodes of a scripted walker that heads for a jumppad, jumping and swinging on the way. */
import {
  decodeAction,
  type Ending,
  encodeAction,
  FRAME_BYTES,
  HOME,
  Island,
  type IslandState,
  walkTo,
} from '../../src/island/index.ts'
import type { ActedDecision } from '../../src/lab/acting/protocol.ts'

const JUMP_EVERY = 17
const SWING_EVERY = 13

/** Returns a precomputed walk to the jumppad chosen by `index`. */
export function script(
  seed: number,
  index: number,
): { readonly start: IslandState; readonly decisions: readonly ActedDecision[] } {
  const island = new Island({ start: 'spawn', seed })
  const start = { ...island.state }
  const goal = HOME.jumppads[(index + 1) % HOME.jumppads.length]
  const decisions: ActedDecision[] = []
  while (goal && !island.over) {
    const at = decisions.length
    const action = encodeAction({
      ...decodeAction(walkTo(HOME, island.state, goal)),
      jump: at % JUMP_EVERY === JUMP_EVERY - 1,
      attack: at % SWING_EVERY === SWING_EVERY - 3,
    })
    island.step(action)
    decisions.push(decision(at, action, island))
  }
  return { start, decisions }
}

const NO_FRAME = new Uint8Array(FRAME_BYTES)
const NO_PROBABILITIES = new Float32Array(48)

function decision(index: number, action: number, island: Island): ActedDecision {
  const ending: Ending | undefined = island.over ? island.ending : undefined
  return {
    index,
    frame: NO_FRAME,
    action,
    author: 'a',
    probabilities: NO_PROBABILITIES,
    state: { ...island.state },
    ending,
    milliseconds: 0,
  }
}
