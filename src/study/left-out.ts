/** Sittings whose answers do not count: by the researcher's hand or rules, or as another one counts. */
import { SHORTEST_ANSWER_MS } from '../evaluation/index.ts'
import { grouped } from './grouped.ts'
import { presentSittings, type StudyLog } from './log.ts'
import { answersOf, type SittingLog } from './sitting-log.ts'
import { type ExclusionRule, excludedBy } from './statistics/exclusion.ts'
import { type RaterQuality, raterQualities } from './statistics/rater-quality.ts'

/**
 * Returns the quality of each labeller's work, by sitting, withdrawn ones excepted. "The others" are the
 * other labellers, without those whom the researcher left out by hand.
 */
export function sittingQualities(log: StudyLog): Map<string, RaterQuality> {
  const present = presentSittings(log)
  const counted = new Set(countedSittings(log, sittingsOutByHand(log)))
  const byName = new Map(present.map((sitting) => [sitting.name, sitting]))
  const isOther = (name: string, of: string): boolean => {
    const other = byName.get(name)
    return other !== undefined && counted.has(other) && other.labeller !== byName.get(of)?.labeller
  }
  const logs = new Map(present.map((sitting) => [sitting.name, sitting.log]))
  const qualities = raterQualities(logs, SHORTEST_ANSWER_MS, isOther)
  return new Map(
    present.flatMap(({ id }, index) => {
      const quality = qualities[index]
      return quality === undefined ? [] : [[id, quality] as const]
    }),
  )
}

function sittingsOutByHand({ exclusions }: StudyLog): Set<string> {
  return new Set([...exclusions.values()].flatMap(({ sitting, out }) => (out ? [sitting] : [])))
}

/** Why a sitting is left out. */
export interface LeftOut {
  /** Researcher's hand or rule; or `duplicate`, as another sitting of the same invitation counts. */
  readonly by: 'hand' | 'rule' | 'duplicate'
  /** Reason as a sentence, or the researcher's note. */
  readonly because: string
}

/**
 * Returns the sittings that are left out, by id. What the researcher decided by hand counts, whatever the
 * rules say, which are those of the log unless others are given; but of several sittings of one invitation
 * one counts at most. Withdrawn sittings are not among them: they never count.
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
  const counted = new Map(countedSittings(log, leftOut).map((each) => [each.labeller, each]))
  for (const { id, labeller } of presentSittings(log)) {
    const other = counted.get(labeller)
    if (leftOut.has(id) || !other || other.id === id) continue
    const because = `Not counted: the same invitation was answered in ${other.name}.`
    leftOut.set(id, { by: 'duplicate', because })
  }
  return leftOut
}

/**
 * Returns the sittings whose answers count: of each labeller's that are not left out the one with the most
 * answers, the earliest of several. `leftOut` has the ids of those left out. Whoever has an invitation may
 * answer it in several browsers, so a sitting is not a person.
 */
export function countedSittings(
  log: StudyLog,
  leftOut: { has(id: string): boolean },
): SittingLog[] {
  const candidates = presentSittings(log).filter(({ id }) => !leftOut.has(id))
  return [...grouped(candidates, ({ labeller }) => labeller).values()].flatMap((own) => {
    // Sittings of one labeller are in the order in which they began.
    const [best] = own.toSorted((a, b) => answersOf(b).length - answersOf(a).length)
    return best ?? []
  })
}
