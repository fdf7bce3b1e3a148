/** Starts the acting worker from a page. */
import { proxy, wrap } from 'comlink'
import { lifelineOf } from './lifeline.ts'
import type { ActingHost, ActingWorker, Jury } from './protocol.ts'

export interface ActingConnection {
  /** One of the worker's agents. Those that act at once need different numbers. */
  agent(number: number): ActingWorker
  readonly jury: Jury
  /** Ends the worker at once, with all its memory. */
  end(): void
}

/** `onBroken` hears of a worker that could not be loaded or died outside any call. */
export function connectActingWorker(onBroken: (error: Error) => void): ActingConnection {
  const thread = new Worker(new URL('./acting.worker.ts', import.meta.url), {
    type: 'module',
    name: 'acting',
  })
  const { broken, end } = lifelineOf(thread, 'acting')
  broken.catch(onBroken)
  const remote = wrap<ActingHost>(thread)
  const agent = (number: number): ActingWorker => ({
    open: (choice, onProgress) => remote.open(number, choice, onProgress && proxy(onProgress)),
    start: (choice) => remote.start(number, choice),
    step: () => remote.step(number),
    press: (action) => remote.press(number, action),
    rewind: (decisions) => remote.rewind(number, decisions),
    close: () => remote.close(number),
  })
  const jury: Jury = {
    convene: (models) => remote.convene(models),
    rewards: (episode) => remote.rewards(episode),
  }
  return { agent, jury, end }
}
