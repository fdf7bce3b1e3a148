/**
 * Krippendorff's alpha from a table of coincidences, with the notation of Krippendorff 2011,
 * "Computing Krippendorff's Alpha-Reliability". A table belongs to a list of values; the entry o_ck
 * counts how often values c and k were given to the same unit, each unit weighted by the number of
 * its answers. Tables of units add up, so resampling units costs one addition each.
 */

export const ALPHA_METRICS = ['nominal', 'ordinal', 'interval'] as const
/**
 * Measure of how far two values differ: not at all or fully (nominal), by the number of answers
 * ranked between them (ordinal), or by their distance (interval).
 */
export type AlphaMetric = (typeof ALPHA_METRICS)[number]

/** Alpha, 1 at full agreement and 0 at chance level, or why it is not defined. */
export type AlphaEstimate =
  | { readonly alpha: number; readonly undefinedFor?: never }
  | { readonly alpha?: never; readonly undefinedFor: 'nothing to pair' | 'no variation' }

/** Coincidences of a number of values, row by row. */
interface CoincidenceTable {
  readonly size: number
  readonly entries: Float64Array
}

/** Returns a table of coincidences of `size` values, all 0. */
export function coincidenceTable(size: number): CoincidenceTable {
  return { size, entries: new Float64Array(size * size) }
}

/**
 * Adds a unit's answers, given as indices of values, to a table (Krippendorff 2011, section C, step
 * 2). A unit with fewer than two answers has no pairs and adds nothing.
 */
export function addCoincidences(table: CoincidenceTable, unit: readonly number[]): void {
  const { size, entries } = table
  for (const [i, c] of unit.entries()) {
    for (const [j, k] of unit.entries()) {
      const at = c * size + k
      if (i !== j) entries[at] = (entries[at] ?? 0) + 1 / (unit.length - 1)
    }
  }
}

/** Adds the coincidences of one table to another of the same size. */
export function addTable(to: CoincidenceTable, from: CoincidenceTable): void {
  for (const [at, entry] of from.entries.entries()) to.entries[at] = (to.entries[at] ?? 0) + entry
}

/**
 * Returns alpha = 1 − (n − 1) Σ o_ck δ²_ck ÷ Σ n_c n_k δ²_ck (Krippendorff 2011, section D).
 * `values` has the table's values in ascending order. Not defined where fewer than two answers can
 * be paired, and where all paired answers are the same: without variation, agreement proves nothing.
 */
export function alphaFromCoincidences(
  { size, entries }: CoincidenceTable,
  values: readonly number[],
  metric: AlphaMetric,
): AlphaEstimate {
  const totals = Array.from({ length: size }, (_, c) =>
    entries.subarray(c * size, (c + 1) * size).reduce((sum, entry) => sum + entry, 0),
  )
  const n = totals.reduce((sum, total) => sum + total, 0)
  // Totals are sums of fractions such as 3 × ⅓, whose rounding may leave them just below 2.
  if (n < 1.5) return { undefinedFor: 'nothing to pair' }
  if (totals.filter((total) => total > 0).length < 2) return { undefinedFor: 'no variation' }
  let observed = 0
  let expected = 0
  for (let c = 0; c < size; c++) {
    for (let k = c + 1; k < size; k++) {
      const difference = squaredDifference(c, k, totals, values, metric)
      observed += (entries[c * size + k] ?? 0) * difference
      expected += (totals[c] ?? 0) * (totals[k] ?? 0) * difference
    }
  }
  return { alpha: 1 - ((n - 1) * observed) / expected }
}

/** Returns δ²_ck of the values with the indices c < k (Krippendorff 2011, section D). */
function squaredDifference(
  c: number,
  k: number,
  totals: readonly number[],
  values: readonly number[],
  metric: AlphaMetric,
): number {
  if (metric === 'nominal') return 1
  if (metric === 'interval') return ((values[k] ?? 0) - (values[c] ?? 0)) ** 2
  const ends = ((totals[c] ?? 0) + (totals[k] ?? 0)) / 2
  const from = totals.slice(c, k + 1).reduce((sum, total) => sum + total, 0)
  return (from - ends) ** 2
}
