import { type Interval, wilsonInterval } from './wilson.ts'

/** How many of a number of trials, with Wilson's 95 % interval of the share. */
export interface CountedShare {
  readonly count: number
  readonly of: number
  /** NaN where there was no trial. */
  readonly share: number
  readonly interval: Interval
}

/** Throws where more is counted than there was. */
export function countedShare(count: number, of: number): CountedShare {
  return { count, of, share: count / of, interval: wilsonInterval(count, of) }
}
