/** Starts the acting worker from a page. */
import { wrap } from 'comlink'
import type { ActingWorker } from './protocol.ts'

export interface ActingConnection {
  readonly worker: ActingWorker
  /** Ends the worker at once, with all its memory. */
  end(): void
}

/** `onBroken` hears of a worker that could not be loaded or died outside any call. */
export function connectActingWorker(onBroken: (error: Error) => void): ActingConnection {
  const thread = new Worker(new URL('./acting.worker.ts', import.meta.url), {
    type: 'module',
    name: 'acting',
  })
  thread.addEventListener('error', (event) => {
    onBroken(
      new Error(
        event.message ||
          'The acting worker could not be loaded. Check the connection and try again.',
      ),
    )
  })
  const remote = wrap<ActingWorker>(thread)
  const worker: ActingWorker = {
    open: (choice) => remote.open(choice),
    start: (choice) => remote.start(choice),
    step: () => remote.step(),
    close: () => remote.close(),
  }
  return { worker, end: () => thread.terminate() }
}
