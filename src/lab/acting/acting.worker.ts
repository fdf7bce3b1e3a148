/** Acting worker: runs the networks off the main thread, which renders. */
import '../worker/without-eval.ts'
import { transfer } from 'comlink'
import { serveWorker } from '../worker/serve.ts'
import { createActingHost } from './host.ts'
import { policyOpener } from './open-policy.ts'
import type { ActedDecision, ActingHost } from './protocol.ts'
import { createRewardScorer } from './reward-models.ts'
import { SharedDevice } from './shared-device.ts'

const clock = () => performance.now()
const sharedDevice = new SharedDevice(clock)
const host = createActingHost(policyOpener(sharedDevice), clock, createRewardScorer(sharedDevice))

function handOver(decision: ActedDecision): ActedDecision {
  return transfer(decision, [decision.frame.buffer, decision.probabilities.buffer])
}

const worker: ActingHost = {
  ...host,
  step: async (agent) => handOver(await host.step(agent)),
  press: async (agent, action) => handOver(await host.press(agent, action)),
}

serveWorker(worker)
