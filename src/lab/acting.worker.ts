/** The acting worker: keeps the networks away from the thread that draws. */
import './without-eval.ts'
import { expose, transfer } from 'comlink'
import { createActingHost } from './acting-host.ts'
import { tellLoadedFiles } from './loaded-files.ts'
import { policyOpener } from './open-policy.ts'
import type { ActedDecision, ActingHost } from './protocol.ts'

const clock = () => performance.now()
const host = createActingHost(policyOpener(clock), clock)

function handOver(decision: ActedDecision): ActedDecision {
  return transfer(decision, [decision.frame.buffer, decision.probabilities.buffer])
}

const worker: ActingHost = { ...host, step: async (agent) => handOver(await host.step(agent)) }

expose(worker)
tellLoadedFiles()
