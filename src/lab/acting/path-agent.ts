/**
 * Agent that follows the stored path of a clip, for clips of another world version, which cannot be
 * replayed. Only the path and the actions are known, so there are no frames and no probabilities.
 */
import type { Clip } from '../../alignment/labels/index.ts'
import { type IslandState, NEUTRAL_ACTION, startState } from '../../island/index.ts'
import type { ActedDecision, ActingWorker } from './protocol.ts'

const NOTHING = { frame: new Uint8Array(0), probabilities: new Float32Array(0), milliseconds: 0 }

export function pathAgent(clip: Clip): ActingWorker {
  const last = clip.actions.length
  let at = 0
  const refuse = () => Promise.reject(new Error('A stored path can only be looked at.'))
  return {
    open: refuse,
    start: async () => {
      at = 0
      return stateOn(clip, 0)
    },
    async step(): Promise<ActedDecision> {
      if (at >= last) throw new Error('This path is over: start it again.')
      const index = at++
      return {
        ...NOTHING,
        index,
        action: clip.actions[index] ?? NEUTRAL_ACTION,
        author: clip.authors[index] === 'h' ? 'h' : 'a',
        state: stateOn(clip, at),
        ending: at === last ? clip.ending : undefined,
      }
    },
    press: refuse,
    rewind: refuse,
    close: async () => undefined,
  }
}

/** Returns the state at a point of the path, facing the next point. */
function stateOn({ path, actions, ending }: Clip, decision: number): IslandState {
  const [x = 0, z = 0, nextX = x, nextZ = z] = path.subarray(2 * decision, 2 * decision + 4)
  const facing = Math.atan2(x - nextX, z - nextZ)
  const outcome = decision === actions.length && ending !== 'none' ? ending : undefined
  return { ...startState('spawn', 0), decision, x, z, facing, cameraYaw: facing, outcome }
}
