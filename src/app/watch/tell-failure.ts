import { problemOf } from '../sentences.ts'
import { useWatch } from '../stores/watch.ts'

/** Shows a rejection as a notice of the Watch page. */
export function tellFailure(work: Promise<void>): void {
  work.catch((error: unknown) => useWatch.setState({ notice: problemOf(error) }))
}
