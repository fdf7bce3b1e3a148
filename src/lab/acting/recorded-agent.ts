/**
 * An agent that was recorded: it plays kept actions on the island, through the same interface as one
 * that acts, so that whatever plays the one plays the other. Needs no network, worker or picture.
 */
import { copyState, type Episode, Island } from '../../island/index.ts'
import type { ActedDecision, ActingWorker, OpenedModel } from './protocol.ts'

/** What is not recorded, because it follows from the rest and only a Watch page shows it. */
const NOTHING = { frame: new Uint8Array(0), probabilities: new Float32Array(0), milliseconds: 0 }

/** `start` takes the recording of its start and seed, and fails where there is none. */
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
