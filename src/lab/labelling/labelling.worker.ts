/** The labelling worker: plays and learns beside the desk, so that no key ever waits for it. */
import '../worker/without-eval.ts'
import { createWasmDevice } from '../../runtime-web/index.ts'
import { fetchPolicy } from '../models/fetch-model.ts'
import { serveWorker } from '../worker/serve.ts'
import { createLabellingHost } from './host.ts'

/** One core is the desk's: threads that wait for each other on a busy core are slower than one. */
const threads = Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1))

// The processor, whatever else there is: clips then come out the same on every machine.
serveWorker(
  createLabellingHost({
    openDevice: () => createWasmDevice({ threads }),
    fetchModel: fetchPolicy,
  }),
)
