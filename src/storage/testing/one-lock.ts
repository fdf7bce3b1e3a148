import type { Locks } from '../tabs.ts'

/**
 * Minimal Web Locks implementation for one lock, following the standard (w3.org/TR/web-locks): Node
 * 20 has none.
 */
export function oneLock(): Locks {
  let tail: Promise<unknown> = Promise.resolve()
  let busy = 0
  const request = async (
    _name: string,
    options: LockOptions,
    work: LockGrantedCallback<unknown>,
  ) => {
    if (options.ifAvailable && busy > 0) return work(null)
    busy++
    const turn = tail.then(() => {
      options.signal?.throwIfAborted()
      return work({ name: 'lock', mode: 'exclusive' })
    })
    tail = turn.catch(() => undefined).finally(() => busy--)
    return turn
  }
  return { request } as Locks // only the overload that is used
}
