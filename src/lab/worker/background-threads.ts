/**
 * Returns the number of WASM threads for work beside a page that is used. One core is left to the page:
 * threads that wait for each other on a busy core are slower than a single one.
 */
export function backgroundThreads(): number {
  return Math.max(1, Math.min(4, navigator.hardwareConcurrency - 1))
}
