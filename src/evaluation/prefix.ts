/**
 * Returns the episodes of a list up to the first that is still missing. Many are played at once and
 * those that reach a jumppad end sooner, so the episodes that have ended so far are a biased
 * sample; only a complete prefix of the list is unbiased.
 */
export function completePrefix<T>(list: readonly (T | undefined)[]): T[] {
  const prefix: T[] = []
  for (const item of list) {
    if (item === undefined) break
    prefix.push(item)
  }
  return prefix
}
