/**
 * Whether a worker still lives. A worker that the browser ended, because the memory ran out for one,
 * says nothing: but the lock that it held is free then, and the page, which waits for it, gets it.
 */

/** What a worker says beside its answers, once it holds its lock. */
interface Held {
  readonly lifeline: string
}

/** In a worker, when it can be called: holds a lock for as long as the worker lives. */
export function holdLifeline(): void {
  // Without a secure connection there are no locks; `error` is all that the page then hears.
  if (!('locks' in navigator)) return
  const lock = `jumppad-worker-${crypto.randomUUID()}`
  void navigator.locks.request(lock, () => {
    postMessage({ lifeline: lock } satisfies Held)
    return new Promise<never>(() => undefined)
  })
}

export interface Lifeline {
  /** Rejects when the worker could not be loaded or died outside any call; never after `end`. */
  readonly broken: Promise<never>
  /** Ends the worker at once, with all its memory. */
  end(): void
}

/** In a page, right after the worker was made. `name` says which it is, in sentences. */
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
            `The browser ended the ${name} worker, as it does when memory runs out. Close other tabs and try again.`,
          ),
        )
      navigator.locks.request(data.lifeline, { signal: ended.signal }, free).catch(() => undefined)
    })
  })
  // Who has no call under way does not wait for it.
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
