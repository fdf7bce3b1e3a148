/**
 * The log of labels is only ever added to: who changes an answer adds an entry that corrects the
 * earlier one. What holds now is found by folding the log.
 */
import type { Comparison, Verdict } from '../comparisons.ts'
import type { Label, LabelVerdict } from './label.ts'

/**
 * The labels that hold, each pair's at the place where it was first answered. Of the entries that
 * go back to one answer those that nothing corrects are left; were there several, as when two
 * machines corrected the same label, the one made last holds. An entry that comes twice counts
 * once; a correction of what does not come before it stands by itself.
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
    // Only a made-up log goes round in a circle and leaves nothing open.
    return (open.length > 0 ? open : group).reduce((a, b) => (isLater(b, a) ? b : a))
  })
}

/** The answers as they were first given, before anything was corrected, in the order of the log. */
export function firstAnswers(log: readonly Label[]): Label[] {
  const known = new Set<string>()
  return log.filter(({ id, corrects }) => {
    const isFirst = !known.has(id) && (corrects === undefined || !known.has(corrects))
    known.add(id)
    return isFirst
  })
}

/** By time; by id where the time is the same, so that the order of merging decides nothing. */
function isLater(a: Label, b: Label): boolean {
  return a.createdAt === b.createdAt ? a.id > b.id : a.createdAt > b.createdAt
}

const AS_NUMBER: Readonly<Record<LabelVerdict, Verdict | undefined>> = {
  first: 1,
  second: 0,
  tie: 0.5,
  'cannot tell': undefined,
}

/**
 * What a reward model may learn from a log: the fresh labels that hold, without those that couldn't
 * tell; re-shows and golden pairs neither train nor test. `clipIndex` gives each clip's place in the
 * list of clips. Throws for labels on clips that are not in it, and for answers to several questions.
 */
export function toComparisons(
  log: readonly Label[],
  clipIndex: ReadonlyMap<string, number>,
): Comparison[] {
  const fresh = currentLabels(log).filter(({ kind }) => kind === 'fresh')
  const questions = new Set(fresh.map(({ question }) => question))
  if (questions.size > 1) {
    throw new Error(
      `Found answers to ${questions.size} questions ("${[...questions].join('", "')}"), expected one: choose the labels of one question`,
    )
  }
  const indexOf = (clip: string): number => {
    const index = clipIndex.get(clip)
    if (index !== undefined) return index
    throw new Error(
      `A label speaks of clip ${clip}, which is not among the ${clipIndex.size} clips: import the file that holds it`,
    )
  }
  return fresh.flatMap((label) => {
    const verdict = AS_NUMBER[label.verdict]
    if (verdict === undefined) return []
    return [{ first: indexOf(label.first), second: indexOf(label.second), verdict }]
  })
}
