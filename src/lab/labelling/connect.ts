/** Starts the labelling worker from a page. */
import { connectWorker } from '../worker/connect.ts'
import type { Lifeline } from '../worker/lifeline.ts'
import type { LabellingWorker } from './protocol.ts'

export interface LabellingConnection extends Lifeline {
  readonly worker: LabellingWorker
}

export function connectLabellingWorker(): LabellingConnection {
  const thread = new Worker(new URL('./labelling.worker.ts', import.meta.url), {
    type: 'module',
    name: 'labelling',
  })
  return connectWorker<LabellingWorker>(thread, 'labelling')
}
