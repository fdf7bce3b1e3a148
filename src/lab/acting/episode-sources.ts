/** Sources of episodes that need no model: they replay what was recorded, without frames. */
import type { Clip } from '../../alignment/labels/index.ts'
import {
  copyState,
  type Episode,
  Island,
  type IslandState,
  NEUTRAL_ACTION,
  startState,
} from '../../island/index.ts'
import type { ActedDecision, EpisodeSource } from './protocol.ts'

/** Fields of a decision that are not recorded: they follow from the rest, and only Watch shows them. */
const NOTHING = { frame: new Uint8Array(0), probabilities: new Float32Array(0), milliseconds: 0 }

/**
 * Returns a source that replays recordings on the island. `start` picks the recording of its start and
 * seed and rejects where there is none.
 */
export function recordedEpisodes(recordings: readonly Episode[]): EpisodeSource {
  let island: Island | undefined
  let actions = new Uint16Array(0)
  return {
    async start({ start, seed }) {
      const recording = recordings.find((each) => each.start === start && each.seed === seed)
      if (!recording) throw new Error(`There is no recording from “${start}” with seed ${seed}.`)
      island = new Island({ start, seed })
      actions = Uint16Array.from(recording.actions)
      return copyState(island.state)
    },
    async step(): Promise<ActedDecision> {
      const index = island?.state.decision ?? 0
      const action = actions[index]
      if (!island || action === undefined) throw new Error('There is nothing left to replay.')
      island.step(action)
      const ending = island.over ? island.ending : undefined
      return { ...NOTHING, index, action, author: 'a', ending, state: copyState(island.state) }
    },
  }
}

/**
 * Returns a source that follows the stored path of a clip, for clips of another world version, which
 * cannot be replayed.
 */
export function storedPath(clip: Clip): EpisodeSource {
  const states = statesAlongPath(clip)
  const last = clip.actions.length
  const stateAt = (decisions: number) =>
    states[decisions] ?? startState({ start: clip.start, seed: 0, island: clip.island })
  let at = 0
  return {
    start: async () => {
      at = 0
      return stateAt(0)
    },
    async step(): Promise<ActedDecision> {
      if (at >= last) throw new Error('This path is over: start it again.')
      const index = at++
      return {
        ...NOTHING,
        index,
        action: clip.actions[index] ?? NEUTRAL_ACTION,
        author: clip.authors[index] === 'h' ? 'h' : 'a',
        state: stateAt(at),
        ending: at === last ? clip.ending : undefined,
      }
    },
  }
}

/**
 * Returns the states before the first decision of a clip and after each, as far as its stored path
 * gives them: the positions, and the direction of movement as the facing.
 */
export function statesAlongPath({ path, ending, start, island }: Clip): IslandState[] {
  const count = path.length / 2
  const rest = startState({ start, seed: 0, island })
  let facing = 0
  return Array.from({ length: count }, (_, index) => {
    const [x = 0, z = 0, nextX = x, nextZ = z] = path.subarray(2 * index, 2 * index + 4)
    if (nextX !== x || nextZ !== z) facing = Math.atan2(x - nextX, z - nextZ)
    const outcome = index === count - 1 && ending !== 'none' ? ending : undefined
    return { ...rest, decision: index, x, z, facing, cameraYaw: facing, outcome }
  })
}
