/**
 * The first episodes of a list, up to the first that is still missing. Many are played at once and
 * those that reach a jumppad end sooner, so whatever has ended so far is no fair sample: only a
 * beginning of the list of which everything has ended is.
 */
export function completePrefix<T>(list: readonly (T | undefined)[]): T[] {
  const prefix: T[] = []
  for (const item of list) {
    if (item === undefined) break
    prefix.push(item)
  }
  return prefix
}
