import { messageOf } from '../../lab/errors.ts'
import { useWorkshop } from './workshop.ts'

/** What was asked for by a button; where it cannot be done, the page says why. */
export function told(work: Promise<unknown>): void {
  useWorkshop.setState({ problem: undefined })
  work.catch((error) => useWorkshop.setState({ problem: messageOf(error) }))
}
