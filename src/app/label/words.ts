/** Names and sentences of the labelling desk. */
import type { Label, Session } from '../../alignment/labels/index.ts'
import { currentLabels, preferredSide } from '../../alignment/labels/index.ts'
import type { CountedShare } from '../../evaluation/counted-share.ts'
import { countOf, timeWords } from '../ui/format.ts'

/** Formats a share as `7 of 9`. */
export function countedWords({ count, of }: CountedShare): string {
  return `${count} of ${of}`
}

/** Formats a share's confidence interval as `56–96 %`. */
export function intervalWords({ interval }: CountedShare): string {
  return `${Math.round(100 * interval.low)}–${Math.round(100 * interval.high)} %`
}

/** Summarises a session that is ended while `unsaved` answers are still to be saved. */
export function endedSentence(session: Session, log: readonly Label[], unsaved: number): string {
  const own = log.filter((label) => label.session === session.id)
  const answers = currentLabels(own)
  const sides = answers.filter((label) => preferredSide(label) !== undefined).length
  const last = own.at(-1)?.createdAt ?? session.createdAt
  const minutes = Math.max(0, Date.parse(last) - Date.parse(session.createdAt)) / 60_000
  const saved =
    unsaved > 0
      ? `${countOf(unsaved, 'answer')} could not be saved yet: leave this tab open.`
      : 'All answers are saved in this browser. To hand them in, save a file below and send it.'
  if (answers.length === 0) return 'Session ended without any answers.'
  return `Session ended: ${countOf(answers.length, 'pair')} answered in ${timeWords(60 * minutes)}, ${sides} of them with a preference. ${saved}`
}
