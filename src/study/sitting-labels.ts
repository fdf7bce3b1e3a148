/** Labels of a sitting that are accepted: one first answer for each pair shown, and its corrections. */
import type { Label } from '../alignment/labels/index.ts'
import { grouped } from './grouped.ts'
import type { MessageOf } from './message.ts'
import { fitsStudy, shownKey } from './sitting-checks.ts'
import type { PreparedStudy } from './study.ts'

interface Shown {
  readonly begun: MessageOf<'begun'>
  /** Pairs that the labeller is shown, as `shownKey` writes them. */
  readonly shown: ReadonlySet<string>
}

/**
 * Returns the labels that fit their sitting: for each pair shown the earliest first answer, by time and then
 * by id, and the corrections that go back to it, each after what it corrects. `refuse` counts the others.
 */
export function acceptedLabels(
  study: PreparedStudy,
  { begun, shown }: Shown,
  messages: readonly MessageOf<'label'>[],
  refuse: (reason: string) => void,
): Label[] {
  const labels = messages.flatMap((message) => {
    const problem = problemOf(study, { begun, shown }, message)
    if (problem === undefined) return [message.label]
    refuse(problem)
    return []
  })
  const sorted = labels.toSorted(byTime)
  const first = firstAnswers(sorted, refuse)
  const corrections = sorted.filter(({ corrects }) => corrects !== undefined)
  return withCorrections(first, corrections, refuse)
}

function problemOf(
  study: PreparedStudy,
  { begun, shown }: Shown,
  { id, label }: MessageOf<'label'>,
): string | undefined {
  if (label.id !== id) return 'whose id is not that of its label'
  if (label.session !== begun.sitting) return 'with a label of another session'
  if (!shown.has(shownKey(label))) return 'about a pair that was not assigned'
  return fitsStudy(study, begun, label) ? undefined : 'with a label that does not fit the study'
}

/** Returns the first answer to each pair. */
function firstAnswers(sorted: readonly Label[], refuse: (reason: string) => void): Label[] {
  const answered = new Set<string>()
  return sorted.filter((label) => {
    if (label.corrects !== undefined) return false
    const key = shownKey(label)
    const isFirst = !answered.has(key)
    if (!isFirst) refuse('about a pair that was answered already')
    answered.add(key)
    return isFirst
  })
}

/** Returns answers with their corrections, by time, but each correction after what it corrects. */
function withCorrections(
  first: readonly Label[],
  corrections: readonly Label[],
  refuse: (reason: string) => void,
): Label[] {
  const byTarget = grouped(corrections, ({ corrects }) => corrects)
  const accepted: { readonly label: Label; readonly time: string }[] = []
  let left = corrections.length
  let wave = first.map((label) => ({ label, time: label.createdAt }))
  while (wave.length > 0) {
    accepted.push(...wave)
    wave = wave.flatMap(({ label, time }) => {
      const found = byTarget.get(label.id) ?? []
      left -= found.length
      const own = found.filter((correction) => shownKey(correction) === shownKey(label))
      for (let n = own.length; n < found.length; n++)
        refuse('correcting the answer to another pair')
      // Clocks may be set back between an answer and its correction.
      return own.map((each) => ({ label: each, time: later(time, each.createdAt) }))
    })
  }
  for (; left > 0; left--) refuse('correcting an answer that is missing')
  return accepted.toSorted((a, b) => order(a.time, b.time)).map(({ label }) => label)
}

function byTime(a: Label, b: Label): number {
  return order(a.createdAt, b.createdAt) || order(a.id, b.id)
}

function later(a: string, b: string): string {
  return a < b ? b : a
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
