/** The acting worker: keeps the networks away from the thread that draws. */
import './without-eval.ts'
import { expose, transfer } from 'comlink'
import { createActingHost } from './acting-host.ts'
import { ActingRoom } from './acting-room.ts'
import { createJury } from './jury.ts'
import { holdLifeline } from './lifeline.ts'
import { tellLoadedFiles } from './loaded-files.ts'
import { policyOpener } from './open-policy.ts'
import type { ActedDecision, ActingHost } from './protocol.ts'

const clock = () => performance.now()
const room = new ActingRoom(clock)
const host = createActingHost(policyOpener(room), clock, createJury(room))

function handOver(decision: ActedDecision): ActedDecision {
  return transfer(decision, [decision.frame.buffer, decision.probabilities.buffer])
}

const worker: ActingHost = {
  ...host,
  step: async (agent) => handOver(await host.step(agent)),
  press: async (agent, action) => handOver(await host.press(agent, action)),
}

expose(worker)
tellLoadedFiles()
holdLifeline()
