/** Announcements to screen readers of what is on the desk. */
import type { Label } from '../../alignment/labels/index.ts'
import type { AnswerScale } from '../../study/study.ts'
import { describePath } from '../replay/describe-path.ts'
import { answerName, answerOf } from './answers.ts'
import type { PairOnDesk } from './store.ts'

/** Describes the last answer and the pair that is shown now, or why there is none. */
export function describePair(
  onDesk: PairOnDesk | undefined,
  answered: Label | undefined,
  { scale, exhausted = false }: { readonly scale: AnswerScale; readonly exhausted?: boolean },
): string {
  const nameOf = (label: Label) => answerName(answerOf(label), scale)
  const told = answered ? `${nameOf(answered)}. ` : ''
  if (!onDesk)
    return `${told}${exhausted ? 'No pairs are left.' : 'The agent is playing more clips.'}`
  const [left, right] = onDesk.reels.map(({ clip, world }) => describePath(clip, world))
  const again = onDesk.revisits ? ` again, answered: ${nameOf(onDesk.revisits)}` : ''
  return `${told}Pair ${onDesk.number}${again}. Left clip: ${left} Right clip: ${right}`
}
