import { messageOf } from '../../lab/worker/errors.ts'
import { useWatch } from '../stores/watch.ts'

/** Shows a rejection as a notice of the Watch page. */
export function tellFailure(work: Promise<void>): void {
  work.catch((error: unknown) => useWatch.setState({ notice: messageOf(error) }))
}
