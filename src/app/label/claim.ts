/** One tab labels at a time: the others look on and wait for their turn. */
import { awaitLabelling, type Claim, claimLabelling } from '../../storage/index.ts'
import { useDesk } from './store.ts'

/**
 * The right to label, and all that was labelled before, read by `load`; where another tab labels, says
 * so and waits. Undefined where the page was left meanwhile.
 */
export async function claimDesk(
  load: () => Promise<void>,
  away: AbortSignal,
): Promise<Claim | undefined> {
  const [claim] = await Promise.all([claimLabelling(navigator.locks), load()])
  if (claim !== undefined || away.aborted) return claim
  useDesk.setState({ phase: 'elsewhere' })
  try {
    const waited = await awaitLabelling(navigator.locks, away)
    await load()
    return waited
  } catch {
    // The page was left while it waited.
    return undefined
  }
}
