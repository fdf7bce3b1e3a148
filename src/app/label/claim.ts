/** Mutual exclusion between tabs: only one labels at a time, and the others wait. */
import { awaitLabelling, type Claim, claimLabelling } from '../../storage/index.ts'

/**
 * Claims the right to label and reads earlier labels by `load`. Where another tab labels, calls
 * `elsewhere`, waits for it, and loads again. Resolves to undefined where the page was left while it waited.
 */
export async function claimDesk(
  load: () => Promise<void>,
  elsewhere: () => void,
  away: AbortSignal,
): Promise<Claim | undefined> {
  const [claim] = await Promise.all([claimLabelling(navigator.locks), load()])
  if (claim !== undefined || away.aborted) return claim
  elsewhere()
  try {
    const waited = await awaitLabelling(navigator.locks, away)
    await load()
    return waited
  } catch {
    // The wait was aborted, as the page was left.
    return undefined
  }
}
