/** Calls a page makes to its workers. */
import { type Remote, transferHandlers, wrap } from 'comlink'
import { type Lifeline, lifelineOf } from './lifeline.ts'

// Callbacks cross as proxies: without this, each caller would have to wrap its own.
const proxies = transferHandlers.get('proxy')
if (proxies) {
  transferHandlers.set('proxy', {
    ...proxies,
    canHandle: (value): value is unknown => typeof value === 'function' || proxies.canHandle(value),
  })
}

export interface WorkerConnection<Api> extends Lifeline {
  /** Remote calls as they are: a call that the worker does not answer stays pending. */
  readonly remote: Remote<Api>
  /** Remote calls that reject with the reason if the worker breaks. */
  readonly worker: Remote<Api>
}

/**
 * Connects a page to a worker right after it was created. `name` says which worker it is in error
 * messages, and `problem` is the class of the errors about its end.
 */
export function connectWorker<Api>(
  thread: Worker,
  name: string,
  problem: new (message: string) => Error = Error,
): WorkerConnection<Api> {
  const lifeline = lifelineOf(thread, name, problem)
  const remote = wrap<Api>(thread)
  return { ...lifeline, remote, worker: racing(remote, lifeline.broken) }
}

/** Returns an object whose methods reject as soon as `broken` does. */
function racing<T extends object>(calls: T, broken: Promise<never>): T {
  return new Proxy(calls, {
    get(target, name): unknown {
      const call: unknown = Reflect.get(target, name)
      if (typeof call !== 'function') return call
      return (...args: unknown[]) => Promise.race([Reflect.apply(call, undefined, args), broken])
    },
  })
}
