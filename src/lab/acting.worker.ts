/** The acting worker: keeps the network away from the thread that draws. */
import { expose, transfer } from 'comlink'
import { ActingSession } from './acting-session.ts'
import { policyOpener } from './open-policy.ts'
import type { ActedDecision, ActingWorker } from './protocol.ts'

const clock = () => performance.now()
const session = new ActingSession(policyOpener(clock), clock)

function handOver(decision: ActedDecision): ActedDecision {
  return transfer(decision, [decision.frame.buffer, decision.probabilities.buffer])
}

const worker: ActingWorker = {
  open: (choice) => session.open(choice),
  start: (choice) => session.start(choice),
  step: async () => handOver(await session.step()),
  close: () => session.close(),
}

expose(worker)
