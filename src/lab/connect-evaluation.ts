/** Starts the evaluation worker from a page. */
import { proxy, wrap } from 'comlink'
import type { EvaluationWorker } from './evaluation-protocol.ts'
import { lifelineOf } from './lifeline.ts'

export interface EvaluationConnection {
  /** Its calls reject where the worker could not be loaded or died outside any call. */
  readonly worker: EvaluationWorker
  /** Ends the worker at once, with all its memory. */
  end(): void
}

export function connectEvaluationWorker(): EvaluationConnection {
  const thread = new Worker(new URL('./evaluation.worker.ts', import.meta.url), {
    type: 'module',
    name: 'evaluation',
  })
  const { broken, end } = lifelineOf(thread, 'evaluation')
  const remote = wrap<EvaluationWorker>(thread)
  return {
    worker: {
      evaluate: (order, onEvent) => Promise.race([remote.evaluate(order, proxy(onEvent)), broken]),
      stop: () => Promise.race([remote.stop(), broken]),
    },
    end,
  }
}
