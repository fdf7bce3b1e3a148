/**
 * Counts the values from each edge up to the next: one count fewer than there are edges, which must
 * ascend. The outer bins also hold all values beyond them, so that no value is lost. Throws a
 * RangeError for fewer than two edges, edges that do not ascend, or a NaN among the values.
 */
export function histogram(values: Iterable<number>, edges: readonly number[]): number[] {
  if (edges.length < 2 || edges.some((edge, i) => i > 0 && !(edge > (edges[i - 1] ?? edge)))) {
    throw new RangeError(`Found the edges [${edges.join(', ')}]: expected two or more that ascend`)
  }
  const inner = edges.slice(1, -1)
  const counts = Array.from({ length: edges.length - 1 }, () => 0)
  for (const value of values) {
    if (Number.isNaN(value)) throw new RangeError('Found NaN among the values: expected numbers')
    const bin = inner.filter((edge) => value >= edge).length
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts
}
