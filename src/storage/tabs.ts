/**
 * Mutual exclusion between tabs. Only one tab may label: two would show the same pairs and count
 * each other's answers. Only one may train: two would halve each other's speed and write the same
 * checkpoints.
 */

const LABELLING = 'jumppad: labelling'
const TRAINING = 'jumppad: training'

/**
 * Exclusive right to label or to train, released by `release`, or by the browser when the tab
 * closes or crashes.
 */
export interface Claim {
  release(): void
}

/** Subset of `navigator.locks` that is needed. */
export type Locks = Pick<LockManager, 'request'>

/** Message for the labeller in a second tab. */
export const OTHER_TAB_LABELS =
  'Another tab is labelling: continue there, or close it to label in this tab. Answers given here would not be saved.'

/**
 * Claims the right to label for this tab; resolves to undefined if another tab holds it. Without
 * Web Locks (`undefined`) it cannot be determined, so the claim is always granted.
 */
export function claimLabelling(locks: Locks | undefined): Promise<Claim | undefined> {
  return claim(locks, LABELLING)
}

/**
 * Waits until no other tab is labelling, then claims the right to label; rejects if the signal
 * aborts the wait.
 */
export function awaitLabelling(locks: Locks, signal: AbortSignal): Promise<Claim> {
  return claimInTurn(locks, LABELLING, { signal })
}

/** Claims the right to train, in the same way as `claimLabelling`. */
export function claimTraining(locks: Locks | undefined): Promise<Claim | undefined> {
  return claim(locks, TRAINING)
}

/** Waits until no other tab is training, then claims the right to train. */
export function awaitTraining(locks: Locks): Promise<Claim> {
  return claimInTurn(locks, TRAINING, {})
}

function claim(locks: Locks | undefined, name: string): Promise<Claim | undefined> {
  if (locks === undefined) return Promise.resolve({ release: () => undefined })
  return new Promise((resolve, reject) => {
    locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) return resolve(undefined)
        return held(resolve)
      })
      .catch(reject)
  })
}

function claimInTurn(locks: Locks, name: string, options: LockOptions): Promise<Claim> {
  return new Promise((resolve, reject) => {
    locks.request(name, options, () => held(resolve)).catch(reject)
  })
}

/**
 * Calls `claimed` and returns a promise that resolves on release: a lock is held until its
 * callback's promise resolves.
 */
function held(claimed: (claim: Claim) => void): Promise<void> {
  return new Promise((release) => claimed({ release: () => release() }))
}
