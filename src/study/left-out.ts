/** Sittings whose answers do not count, by the researcher's hand or rules. */
import { SHORTEST_ANSWER_MS } from '../evaluation/index.ts'
import { presentSittings, type SittingLog, type StudyLog } from './log.ts'
import { type ExclusionRule, excludedBy } from './statistics/exclusion.ts'
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

/** Why a sitting is left out. */
export interface LeftOut {
  readonly by: 'hand' | 'rule'
  /** Reason as a sentence, or the researcher's note. */
  readonly because: string
}

/**
 * Returns the sittings that are left out, by id. What the researcher decided by hand counts, whatever the
 * rules say, which are those of the log unless others are given. Withdrawn sittings are not among them:
 * they never count.
 */
export function leftOutSittings(
  log: StudyLog,
  qualities: ReadonlyMap<string, RaterQuality> = sittingQualities(log),
  rules: readonly ExclusionRule[] = log.rules,
): Map<string, LeftOut> {
  const excluded = excludedBy(rules, [...qualities.values()])
  const leftOut = new Map<string, LeftOut>()
  for (const { id, name } of presentSittings(log)) {
    const byHand = log.exclusions.get(id)
    const byRule = excluded.get(name)?.because
    if (byHand?.out === true) {
      leftOut.set(id, { by: 'hand', because: byHand.note || 'Left out by the researcher.' })
    } else if (byHand?.out !== false && byRule !== undefined) {
      leftOut.set(id, { by: 'rule', because: byRule })
    }
  }
  return leftOut
}

/** Returns the sittings whose answers count. `leftOut` has the ids of those left out. */
export function countedSittings(
  log: StudyLog,
  leftOut: { has(id: string): boolean },
): SittingLog[] {
  return presentSittings(log).filter(({ id }) => !leftOut.has(id))
}
