/**
 * The append-only log of labels: changing an answer adds an entry that corrects the earlier one. The
 * current labels are found by folding the log.
 */
import type { Comparison, Verdict } from '../comparisons.ts'
import { STRENGTH_PREFERENCES } from './grades.ts'
import type { Label, LabelVerdict } from './label.ts'

/**
 * Returns the current labels, in the order in which they were first answered. Of the entries that go back
 * to one answer, those that no other corrects remain; if there are several, as when two machines
 * corrected the same label, the latest one counts. An entry that occurs twice counts once; corrections of
 * a label that is not in the log are grouped as one answer.
 */
export function currentLabels(log: readonly Label[]): Label[] {
  const roots = new Map<string, string>()
  const groups = new Map<string, Label[]>()
  const corrected = new Set<string>()
  for (const label of log) {
    if (roots.has(label.id)) continue
    const root =
      label.corrects === undefined ? label.id : (roots.get(label.corrects) ?? label.corrects)
    roots.set(label.id, root)
    const group = groups.get(root)
    if (group === undefined) groups.set(root, [label])
    else group.push(label)
    if (label.corrects !== undefined) corrected.add(label.corrects)
  }
  return [...groups.values()].map((group) => {
    const open = group.filter(({ id }) => !corrected.has(id))
    // An invalid log, with a cycle or a correction before its target, may leave nothing open.
    return (open.length > 0 ? open : group).reduce((a, b) => (isLater(b, a) ? b : a))
  })
}

/**
 * Returns the answers as they were first given, before any correction, in the order of the log. A
 * correction of a label that does not come before it counts as a first answer.
 */
export function firstAnswers(log: readonly Label[]): Label[] {
  const known = new Set<string>()
  return log.filter(({ id, corrects }) => {
    const isFirst = !known.has(id) && (corrects === undefined || !known.has(corrects))
    known.add(id)
    return isFirst
  })
}

/** Returns whether `a` is later, by time and then by id, so that the order of merging does not matter. */
function isLater(a: Label, b: Label): boolean {
  return a.createdAt === b.createdAt ? a.id > b.id : a.createdAt > b.createdAt
}

const VERDICT_VALUES: Readonly<Record<LabelVerdict, Verdict | undefined>> = {
  first: 1,
  second: 0,
  tie: 0.5,
  'cannot tell': undefined,
}

/** Returns a verdict as a preference for the first clip; undefined where there is no answer. */
export function verdictValue(verdict: LabelVerdict): Verdict | undefined {
  return VERDICT_VALUES[verdict]
}

/**
 * Returns a label as the probability that its first clip is preferred: a soft label where the answer was
 * graded; undefined where there is no answer.
 */
export function preferenceOf({
  verdict,
  strength,
}: Pick<Label, 'verdict' | 'strength'>): number | undefined {
  const value = verdictValue(verdict)
  if (strength === undefined || value === undefined) return value
  const preferred = STRENGTH_PREFERENCES[strength]
  return value === 1 ? preferred : 1 - preferred
}

/**
 * Returns the comparisons that a reward model may learn from: the current labels of fresh pairs, without
 * 'cannot tell'; re-shows and golden pairs are used neither for training nor for testing. `clipIndex`
 * maps each clip's id to its index in the list of clips. Throws if a label's clip is not in it, or if
 * the labels answer several questions.
 */
export function toComparisons(
  log: readonly Label[],
  clipIndex: ReadonlyMap<string, number>,
): Comparison[] {
  const fresh = currentLabels(log).filter(({ kind }) => kind === 'fresh')
  const questions = new Set(fresh.map(({ question }) => question))
  if (questions.size > 1) {
    throw new Error(
      `Found answers to ${questions.size} questions ("${[...questions].join('", "')}"), expected one: select the labels of one question`,
    )
  }
  const indexOf = (clip: string): number => {
    const index = clipIndex.get(clip)
    if (index !== undefined) return index
    throw new Error(
      `A label refers to clip ${clip}, which is not among the ${clipIndex.size} clips: import the file that contains it`,
    )
  }
  return fresh.flatMap((label) => {
    const verdict = preferenceOf(label)
    if (verdict === undefined) return []
    return [{ first: indexOf(label.first), second: indexOf(label.second), verdict }]
  })
}
