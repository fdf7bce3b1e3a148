/**
 * Returns a function that runs `work`, once more if it is called meanwhile, but never twice at a time. The
 * page is left at least as long to itself as the work took. `work` handles its own errors.
 */
export function coalesced(work: () => Promise<void>): () => void {
  let state: 'idle' | 'running' | 'again' = 'idle'
  const run = async (): Promise<void> => {
    do {
      state = 'running'
      const begun = performance.now()
      await work()
      const took = performance.now() - begun
      await new Promise((rested) => setTimeout(rested, took))
    } while (wantsMore())
    state = 'idle'
  }
  const wantsMore = () => state === 'again'
  return () => {
    if (state === 'idle') void run()
    else state = 'again'
  }
}
