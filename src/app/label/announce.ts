/** Announcements to screen readers of what is on the desk. */
import type { Label } from '../../alignment/labels/index.ts'
import { describePath } from '../replay/describe-path.ts'
import type { PairOnDesk } from './store.ts'
import { ANSWER_NAMES, answerOf } from './words.ts'

/** Describes the last answer and the pair that is shown now, or why there is none. */
export function describePair(
  onDesk: PairOnDesk | undefined,
  answered: Label | undefined,
  exhausted = false,
): string {
  const told = answered ? `${ANSWER_NAMES[answerOf(answered)]}. ` : ''
  if (!onDesk)
    return `${told}${exhausted ? 'No pairs are left.' : 'The agent is playing more clips.'}`
  const [left, right] = onDesk.reels.map(({ clip }) => describePath(clip))
  const again = onDesk.revisits
    ? ` again, answered: ${ANSWER_NAMES[answerOf(onDesk.revisits)]}`
    : ''
  return `${told}Pair ${onDesk.number}${again}. Left clip: ${left} Right clip: ${right}`
}
