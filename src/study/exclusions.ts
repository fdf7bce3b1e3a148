/** Sittings whose answers do not count: left out by hand, or by the researcher's rules. */
import { SHORTEST_ANSWER_MS } from '../evaluation/index.ts'
import { presentSittings, type SittingLog, type StudyLog } from './log.ts'
import { type ExclusionRule, excludedBy } from './statistics/exclusion.ts'
import { type RaterQuality, raterQualities } from './statistics/rater-quality.ts'

/** Why a sitting is left out. */
export interface LeftOut {
  readonly by: 'hand' | 'rule'
  /** Sentence, or the researcher's note. */
  readonly because: string
}

/** Returns the quality of each sitting that was not withdrawn, by the sitting's name. */
export function sittingQualities(log: StudyLog): Map<string, RaterQuality> {
  const logs = new Map(presentSittings(log).map(({ name, log: labels }) => [name, labels]))
  return new Map(raterQualities(logs, SHORTEST_ANSWER_MS).map((each) => [each.rater, each]))
}

/**
 * Returns the sittings that are left out, by name. A decision by hand prevails over the rules, which are
 * those of the log unless others are given.
 */
export function leftOutSittings(
  log: StudyLog,
  qualities: ReadonlyMap<string, RaterQuality> = sittingQualities(log),
  rules: readonly ExclusionRule[] = log.rules,
): Map<string, LeftOut> {
  const byRule = excludedBy(rules, [...qualities.values()])
  const found = new Map<string, LeftOut>()
  for (const { id, name } of presentSittings(log)) {
    const { out, note = '' } = log.exclusions.get(id) ?? {}
    const because = byRule.get(name)?.because
    if (out === true) found.set(name, { by: 'hand', because: note })
    else if (out === undefined && because !== undefined) found.set(name, { by: 'rule', because })
  }
  return found
}

/** Returns the sittings whose answers count. */
export function countedSittings(
  log: StudyLog,
  leftOut: ReadonlyMap<string, LeftOut> = leftOutSittings(log),
): SittingLog[] {
  return presentSittings(log).filter(({ name }) => !leftOut.has(name))
}
