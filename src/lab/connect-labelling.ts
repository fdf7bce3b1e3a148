/** Starts the labelling worker from a page. */
import { wrap } from 'comlink'
import type { LabellingWorker } from './labelling-protocol.ts'
import { type Lifeline, lifelineOf } from './lifeline.ts'

export interface LabellingConnection extends Lifeline {
  readonly worker: LabellingWorker
}

export function connectLabellingWorker(): LabellingConnection {
  const thread = new Worker(new URL('./labelling.worker.ts', import.meta.url), {
    type: 'module',
    name: 'labelling',
  })
  const lifeline = lifelineOf(thread, 'labelling')
  const { broken } = lifeline
  const remote = wrap<LabellingWorker>(thread)
  return {
    ...lifeline,
    worker: {
      open: (choice) => Promise.race([remote.open(choice), broken]),
      play: (range) => Promise.race([remote.play(range), broken]),
      learn: (lesson) => Promise.race([remote.learn(lesson), broken]),
    },
  }
}
