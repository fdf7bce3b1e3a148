/**
 * Tally of endings that counts each episode once: watching a seed again changes nothing, so that the
 * tally stays a fair sample however often an episode is restarted.
 */
import { type Ending, HOME_ENDINGS } from '../../island/index.ts'

/** Endings by episode; the keys name start and seed. */
export type Tally = ReadonlyMap<string, Ending>

export const EMPTY_TALLY: Tally = new Map()

export function countEnding(tally: Tally, episode: string, ending: Ending): Tally {
  return new Map(tally).set(episode, ending)
}

export interface OutcomeCount {
  readonly ending: Ending
  readonly count: number
  /** Share of all episodes, 0…1; 0 without any. */
  readonly share: number
}

/** Returns the count of each ending of an island. */
export function outcomeCounts(
  tally: Tally,
  endings: readonly Ending[] = HOME_ENDINGS,
): OutcomeCount[] {
  const counts = new Map<Ending, number>()
  for (const ending of tally.values()) counts.set(ending, (counts.get(ending) ?? 0) + 1)
  return endings.map((ending) => {
    const count = counts.get(ending) ?? 0
    return { ending, count, share: tally.size > 0 ? count / tally.size : 0 }
  })
}
