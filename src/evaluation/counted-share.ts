import { type Interval, wilsonInterval } from './wilson.ts'

/** Count out of a number of trials, with Wilson's 95 % interval of the share. */
export interface CountedShare {
  readonly count: number
  readonly of: number
  /** `count` ÷ `of`; NaN without trials. */
  readonly share: number
  readonly interval: Interval
}

/**
 * Returns the share of `count` in `of` trials with its interval. Throws an Error when `count` is
 * outside 0…`of`, unless `of` is 0.
 */
export function countedShare(count: number, of: number): CountedShare {
  return { count, of, share: count / of, interval: wilsonInterval(count, of) }
}
