/** The labelling worker: plays and learns beside the desk, so that no key ever waits for it. */
import './without-eval.ts'
import { expose } from 'comlink'
import { createWasmDevice } from '../runtime-web/index.ts'
import { fetchPolicy } from './fetch-model.ts'
import { createLabellingHost } from './labelling-host.ts'
import { holdLifeline } from './lifeline.ts'
import { tellLoadedFiles } from './loaded-files.ts'

/** One core is the desk's: threads that wait for each other on a busy core are slower than one. */
const threads = Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1))

// The processor, whatever else there is: clips then come out the same on every machine.
expose(
  createLabellingHost({
    openDevice: () => createWasmDevice({ threads }),
    fetchModel: fetchPolicy,
  }),
)
tellLoadedFiles()
holdLifeline()
