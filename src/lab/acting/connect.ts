/** Starts the acting worker from a page. */
import { connectWorker } from '../worker/connect.ts'
import type { ActingHost, ActingWorker, RewardScorer } from './protocol.ts'

export interface ActingConnection {
  /** Returns one of the worker's agents. Agents that act concurrently need different numbers. */
  agent(number: number): ActingWorker
  readonly scorer: RewardScorer
  /** Terminates the worker immediately and frees its memory. */
  end(): void
}

/** Starts the worker. `onBroken` is called if it cannot be loaded or dies outside any call. */
export function connectActingWorker(onBroken: (error: Error) => void): ActingConnection {
  const thread = new Worker(new URL('./acting.worker.ts', import.meta.url), {
    type: 'module',
    name: 'acting',
  })
  // When agents fail together, `onBroken` reports it once: only `open`, which pages wait for, rejects too.
  const { worker, remote, broken, end } = connectWorker<ActingHost>(thread, 'acting')
  broken.catch(onBroken)
  const agent = (number: number): ActingWorker => ({
    open: (choice, onProgress) => worker.open(number, choice, onProgress),
    start: (choice) => remote.start(number, choice),
    step: () => remote.step(number),
    press: (action) => remote.press(number, action),
    rewind: (decisions) => remote.rewind(number, decisions),
    close: () => remote.close(number),
  })
  return { agent, scorer: remote, end }
}
