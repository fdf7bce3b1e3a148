/** Starts the evaluation worker from a page. */
import { connectWorker } from '../worker/connect.ts'
import type { Lifeline } from '../worker/lifeline.ts'
import type { EvaluationWorker } from './protocol.ts'

export interface EvaluationConnection extends Lifeline {
  readonly worker: EvaluationWorker
}

export function connectEvaluationWorker(): EvaluationConnection {
  const thread = new Worker(new URL('./evaluation.worker.ts', import.meta.url), {
    type: 'module',
    name: 'evaluation',
  })
  return connectWorker<EvaluationWorker>(thread, 'evaluation')
}
