/**
 * Only one tab labels: two would show the same pairs and count each other's answers. And only one
 * trains: two would halve each other's speed and write the same checkpoints.
 */

const LABELLING = 'jumppad: labelling'
const TRAINING = 'jumppad: training'

/** The right to label or to train; given back by `release`, or by the browser when the tab closes or dies. */
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
  return claim(locks, LABELLING)
}

/** Waits until no other tab labels, then claims it; rejects when the signal aborts the waiting. */
export function awaitLabelling(locks: Locks, signal: AbortSignal): Promise<Claim> {
  return claimInTurn(locks, LABELLING, { signal })
}

/** Claims the right to train, as `claimLabelling` does that to label. */
export function claimTraining(locks: Locks | undefined): Promise<Claim | undefined> {
  return claim(locks, TRAINING)
}

/** Waits until no other tab trains, then claims it. */
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

/** A lock is held for as long as the promise that its callback returned is open. */
function held(claimed: (claim: Claim) => void): Promise<void> {
  return new Promise((release) => claimed({ release: () => release() }))
}
