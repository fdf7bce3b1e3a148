/** Starts the evaluation worker from a page. */
import { proxy, wrap } from 'comlink'
import type { EvaluationWorker } from './evaluation-protocol.ts'

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
  const broken = new Promise<never>((_resolve, reject) => {
    thread.addEventListener('error', ({ message }) =>
      reject(
        new Error(
          message ||
            'The evaluation worker could not be loaded. Check the connection and try again.',
        ),
      ),
    )
  })
  // Who has no call under way does not wait for it.
  broken.catch(() => undefined)
  const remote = wrap<EvaluationWorker>(thread)
  return {
    worker: {
      evaluate: (order, onEvent) => Promise.race([remote.evaluate(order, proxy(onEvent)), broken]),
      stop: () => Promise.race([remote.stop(), broken]),
    },
    end: () => thread.terminate(),
  }
}
