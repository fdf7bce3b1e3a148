/** Only one tab labels: two would show the same pairs and count each other's answers. */

const LOCK = 'jumppad: labelling'

/** The right to label; given back by `release`, or by the browser when the tab closes or dies. */
export interface Claim {
  release(): void
}

/** The part of `navigator.locks` that is needed. */
export type Locks = Pick<LockManager, 'request'>

/** What a second tab tells its labeller. */
export const OTHER_TAB_LABELS =
  'Another tab is labelling: go on there, or close it and this tab takes over. Nothing you answer here would be saved.'

/**
 * Claims the right to label for this tab; undefined where another tab holds it. A browser without
 * Web Locks (`undefined`) cannot tell, and always grants it.
 */
export function claimLabelling(locks: Locks | undefined): Promise<Claim | undefined> {
  if (locks === undefined) return Promise.resolve({ release: () => undefined })
  return new Promise((resolve, reject) => {
    locks
      .request(LOCK, { ifAvailable: true }, (lock) => {
        if (lock === null) return resolve(undefined)
        return held(resolve)
      })
      .catch(reject)
  })
}

/** Waits until no other tab labels, then claims it; rejects when the signal aborts the waiting. */
export function awaitLabelling(locks: Locks, signal: AbortSignal): Promise<Claim> {
  return new Promise((resolve, reject) => {
    locks.request(LOCK, { signal }, () => held(resolve)).catch(reject)
  })
}

/** A lock is held for as long as the promise that its callback returned is open. */
function held(claimed: (claim: Claim) => void): Promise<void> {
  return new Promise((release) => claimed({ release: () => release() }))
}
