/**
 * Agent that replays recorded actions on the island through the interface of a live agent, so that the
 * same playback code runs both. It needs no network, worker or frames.
 */
import { copyState, type Episode, Island } from '../../island/index.ts'
import type { ActedDecision, ActingWorker, OpenedModel } from './protocol.ts'

/** Fields that are not recorded, because they follow from the rest and only the Watch page shows them. */
const NOTHING = { frame: new Uint8Array(0), probabilities: new Float32Array(0), milliseconds: 0 }

/** Returns an agent whose `start` picks the recording with its start and seed, and rejects without one. */
export function recordedAgent(recordings: readonly Episode[]): ActingWorker {
  let island: Island | undefined
  let actions = new Uint16Array(0)
  return {
    open: (): Promise<OpenedModel> =>
      Promise.reject(new Error('A recorded agent has no model to open: start an episode.')),
    async start({ start, seed }) {
      const recording = recordings.find((each) => each.start === start && each.seed === seed)
      if (!recording) throw new Error(`There is no recording from “${start}” with seed ${seed}.`)
      island = new Island(start, seed)
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
    press: () => Promise.reject(new Error('A recording plays by itself: nothing can be pressed.')),
    rewind: () => Promise.reject(new Error('A recording only goes ahead: start it again.')),
    close: async () => undefined,
  }
}
