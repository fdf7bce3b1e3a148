/** The acting worker: keeps the network away from the thread that draws. */
import { expose, transfer } from 'comlink'
import { ActingSession } from './acting-session.ts'
import { openPolicy } from './open-policy.ts'
import type { ActedDecision, ActingWorker } from './protocol.ts'

const session = new ActingSession(openPolicy, () => performance.now())

function handOver(decision: ActedDecision): ActedDecision {
  const buffers: Transferable[] = [decision.frame.buffer]
  if (decision.probabilities) buffers.push(decision.probabilities.buffer)
  return transfer(decision, buffers)
}

const worker: ActingWorker = {
  open: (choice) => session.open(choice),
  start: (choice) => session.start(choice),
  step: async () => handOver(await session.step()),
  close: () => session.close(),
}

expose(worker)
