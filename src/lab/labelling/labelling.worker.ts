/** Labelling worker: plays clips and trains reward models off the main thread, so that no key waits. */
import '../worker/without-eval.ts'
import { createWasmDevice } from '../../runtime-web/index.ts'
import { fetchPolicy } from '../models/fetch-model.ts'
import { backgroundThreads } from '../worker/background-threads.ts'
import { serveWorker } from '../worker/serve.ts'
import { createLabellingHost } from './host.ts'

// Always the WASM backend, so that clips are the same on every machine.
serveWorker(
  createLabellingHost({
    openDevice: () => createWasmDevice({ threads: backgroundThreads() }),
    fetchModel: fetchPolicy,
  }),
)
