/** Two-sided 95 % quantile of the standard normal distribution. */
const Z95 = 1.959963984540054

/** Confidence interval; both ends are 0…1 where it is a share's. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/**
 * Returns Wilson's 95 % score interval for `successes` of `trials` (Wilson 1927; Brown, Cai &
 * DasGupta 2001 recommend it for any n); [0, 1] without trials. Otherwise throws an Error when
 * `successes` is outside 0…`trials`.
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 }
  if (successes < 0 || successes > trials) {
    throw new Error(`Found ${successes} successes in ${trials} trials: expected 0 to ${trials}`)
  }
  const share = successes / trials
  const z2 = (Z95 * Z95) / trials
  const centre = (share + z2 / 2) / (1 + z2)
  const half = (Z95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials))) / (1 + z2)
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  }
}
