/** Sittings whose answers do not count, by the researcher's hand or rules. */
import { SHORTEST_ANSWER_MS } from '../evaluation/index.ts'
import { presentSittings, type StudyLog } from './log.ts'
import { excludedBy } from './statistics/exclusion.ts'
import { type RaterQuality, raterQualities } from './statistics/rater-quality.ts'

/** Returns the quality of each labeller's work, by sitting, withdrawn ones excepted. */
export function sittingQualities(log: StudyLog): Map<string, RaterQuality> {
  const present = presentSittings(log)
  const logs = new Map(present.map((sitting) => [sitting.name, sitting.log]))
  const qualities = raterQualities(logs, SHORTEST_ANSWER_MS)
  return new Map(
    present.flatMap(({ id }, index) => {
      const quality = qualities[index]
      return quality === undefined ? [] : [[id, quality] as const]
    }),
  )
}

/**
 * Returns the sittings that are left out, each with the reason as a sentence. What the researcher decided
 * by hand counts, whatever the rules say. Withdrawn sittings are not among them: they never count.
 */
export function leftOutSittings(log: StudyLog): Map<string, string> {
  const qualities = sittingQualities(log)
  const excluded = excludedBy(log.rules, [...qualities.values()])
  const leftOut = new Map<string, string>()
  for (const { id, name } of presentSittings(log)) {
    const byHand = log.exclusions.get(id)
    const byRule = excluded.get(name)?.because
    if (byHand?.out === true) leftOut.set(id, byHand.note || 'Left out by the researcher.')
    else if (byHand?.out !== false && byRule !== undefined) leftOut.set(id, byRule)
  }
  return leftOut
}
