/** Evaluation worker: plays hundreds of episodes while the page stays responsive. */
import '../worker/without-eval.ts'
import { SharedDevice } from '../acting/shared-device.ts'
import { fetchPolicy, fetchReward } from '../models/fetch-model.ts'
import { serveWorker } from '../worker/serve.ts'
import { createEvaluationHost } from './host.ts'

const now = () => performance.now()

serveWorker(
  createEvaluationHost({
    sharedDevice: new SharedDevice(now),
    fetchPolicy: (source) => fetchPolicy(source),
    fetchReward,
    now,
    yieldToEvents: () => new Promise((resolve) => setTimeout(resolve)),
  }),
)
