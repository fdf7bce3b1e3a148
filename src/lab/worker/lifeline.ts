/**
 * Detection of dead workers. A worker that the browser ends, for example when memory runs out, sends
 * no message; but it releases its Web Lock, for which the page is waiting.
 */

/** Message from a worker with the name of its lock, sent once it holds that. */
interface Held {
  readonly lifeline: string
}

/** Holds a lock for as long as the worker lives; called in a worker once it is ready for calls. */
export function holdLifeline(): void {
  // There are no locks on insecure pages; the page then only gets the worker's `error` events.
  if (!('locks' in navigator)) return
  const lock = `jumppad-worker-${crypto.randomUUID()}`
  void navigator.locks.request(lock, () => {
    postMessage({ lifeline: lock } satisfies Held)
    return new Promise<never>(() => undefined)
  })
}

export interface Lifeline {
  /** Promise that rejects if the worker cannot be loaded or dies outside any call; never after `end`. */
  readonly broken: Promise<never>
  /** Terminates the worker immediately and frees its memory. */
  end(): void
}

/**
 * Watches a worker from its page, from its creation on. `name` is the worker's name in messages, and
 * `problem` the class of the errors.
 */
export function lifelineOf(
  thread: Worker,
  name: string,
  problem: new (message: string) => Error = Error,
): Lifeline {
  const ended = new AbortController()
  const broken = new Promise<never>((_resolve, reject) => {
    thread.addEventListener('error', ({ message }) =>
      reject(
        new problem(
          message || `The ${name} worker could not be loaded. Check the connection and try again.`,
        ),
      ),
    )
    thread.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      // A page without locks cannot wait for one, even where its worker has them.
      if (!isHeld(data) || !('locks' in navigator)) return
      const free = () =>
        reject(
          new problem(
            `The browser stopped the ${name} worker, probably because memory ran out. Close other tabs and try again.`,
          ),
        )
      navigator.locks.request(data.lifeline, { signal: ended.signal }, free).catch(() => undefined)
    })
  })
  // Not an unhandled rejection where no call is under way.
  broken.catch(() => undefined)
  return {
    broken,
    end() {
      ended.abort()
      thread.terminate()
    },
  }
}

function isHeld(data: unknown): data is Held {
  return typeof data === 'object' && data !== null && 'lifeline' in data
}
