/** Starts the labelling worker from a page. */
import { wrap } from 'comlink'
import type { LabellingWorker } from './labelling-protocol.ts'

export interface LabellingConnection {
  readonly worker: LabellingWorker
  /** Rejects when the worker could not be loaded or died outside any call. */
  readonly broken: Promise<never>
  /** Ends the worker at once, with all its memory. */
  end(): void
}

export function connectLabellingWorker(): LabellingConnection {
  const thread = new Worker(new URL('./labelling.worker.ts', import.meta.url), {
    type: 'module',
    name: 'labelling',
  })
  const broken = new Promise<never>((_resolve, reject) => {
    thread.addEventListener('error', ({ message }) =>
      reject(
        new Error(
          message ||
            'The labelling worker could not be loaded. Check the connection and try again.',
        ),
      ),
    )
  })
  // Who has no call under way does not wait for it.
  broken.catch(() => undefined)
  const remote = wrap<LabellingWorker>(thread)
  return {
    broken,
    worker: {
      open: (choice) => Promise.race([remote.open(choice), broken]),
      play: (range) => Promise.race([remote.play(range), broken]),
      learn: (lesson) => Promise.race([remote.learn(lesson), broken]),
    },
    end: () => thread.terminate(),
  }
}
