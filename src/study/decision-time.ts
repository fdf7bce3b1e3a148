/** Time of the researcher's decisions: the latest one on the same thing counts, whoever made it. */
import { pairKey } from '../alignment/labels/index.ts'
import { isOfResearcher, type MessageOf, type StudyMessage } from './message.ts'

/** What a decision, exclusion or list of rules is about. */
type DecisionSubject =
  | Pick<MessageOf<'decision'>, 'kind' | 'first' | 'second'>
  | Pick<MessageOf<'exclusion'>, 'kind' | 'sitting'>
  | Pick<MessageOf<'rules'>, 'kind'>

/** Returns a key of what a decision is about; a later decision with the same key replaces it. */
function subjectOf(decision: DecisionSubject): string {
  if (decision.kind === 'decision') {
    return `decision ${pairKey(decision.first, decision.second)}`
  }
  return decision.kind === 'exclusion' ? `exclusion ${decision.sitting}` : 'rules'
}

/**
 * Returns the time of the latest known decision on the same thing; undefined if there is none. A new decision
 * has to be later to replace it, even if another machine's clock was ahead.
 */
export function lastDecisionTime(
  decision: DecisionSubject,
  known: readonly StudyMessage[],
): string | undefined {
  const subject = subjectOf(decision)
  return known
    .filter(isOfResearcher)
    .filter((message) => subjectOf(message) === subject)
    .map(({ at }) => at)
    .toSorted()
    .at(-1)
}
