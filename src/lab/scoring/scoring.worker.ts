/** Scoring worker: looks into a reward model while the page stays responsive. */
import '../worker/without-eval.ts'
import { createWasmDevice } from '../../runtime-web/index.ts'
import { fetchReward } from '../models/fetch-model.ts'
import { backgroundThreads } from '../worker/background-threads.ts'
import { serveWorker } from '../worker/serve.ts'
import { createScoringHost } from './host.ts'

// Always the WASM backend, so that rewards are the same on every machine.
serveWorker(
  createScoringHost({
    openDevice: () => createWasmDevice({ threads: backgroundThreads() }),
    fetchReward,
    yieldToEvents: () => new Promise((resolve) => setTimeout(resolve)),
  }),
)
