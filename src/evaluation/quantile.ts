/** Returns a quantile of sorted numbers, interpolated linearly (Hyndman & Fan 1996, type 7); NaN for an empty list. */
export function quantile(sorted: readonly number[], part: number): number {
  const at = part * (sorted.length - 1)
  const [low = Number.NaN, high = low] = sorted.slice(Math.floor(at), Math.floor(at) + 2)
  return low + (at - Math.floor(at)) * (high - low)
}
