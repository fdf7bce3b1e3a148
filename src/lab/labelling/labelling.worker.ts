/** Labelling worker: plays clips and trains reward models off the main thread, so that no key waits. */
import '../worker/without-eval.ts'
import { createWasmDevice } from '../../runtime-web/index.ts'
import { fetchPolicy } from '../models/fetch-model.ts'
import { serveWorker } from '../worker/serve.ts'
import { createLabellingHost } from './host.ts'

/**
 * Number of WASM threads. One core is left to the page: threads that wait for each other on a busy core
 * are slower than a single one.
 */
const threads = Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1))

// Always the WASM backend, so that clips are the same on every machine.
serveWorker(
  createLabellingHost({
    openDevice: () => createWasmDevice({ threads }),
    fetchModel: fetchPolicy,
  }),
)
