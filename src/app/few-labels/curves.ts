/** Data of the training curves: the learned reward and the share of each ending, update by update. */

import type { Ending } from '../../island/index.ts'
import { HOME_ENDINGS } from '../../island/index.ts'
import type { TooFewRun } from '../../procedure/too-few-labels.ts'
import { rewardWords } from './words.ts'

export interface CurveRow {
  readonly update: number
  readonly reward: number
  /** Share of the update's episodes by ending, in percent; undefined after the last update. */
  readonly shares: Readonly<Record<Ending, number>> | undefined
}

export function curveRows({ updates }: Pick<TooFewRun, 'updates'>): CurveRow[] {
  return updates.map(({ update, reward, endings }) => ({
    update,
    reward,
    shares: endings && sharesOf(endings),
  }))
}

function sharesOf(counts: Readonly<Record<Ending, number>>): Record<Ending, number> {
  const episodes = HOME_ENDINGS.reduce((sum, ending) => sum + (counts[ending] ?? 0), 0)
  const share = (ending: Ending) => (100 * (counts[ending] ?? 0)) / Math.max(1, episodes)
  return Object.fromEntries(HOME_ENDINGS.map((ending) => [ending, share(ending)]))
}

/** Returns a text alternative for the curves. */
export function curvesSummary(rows: readonly CurveRow[]): string {
  const counted = rows.filter(({ shares }) => shares !== undefined)
  const [first, last] = [rows[0], rows.at(-1)]
  const ends = HOME_ENDINGS.map((ending) => {
    const [from, to] = [counted[0], counted.at(-1)].map((row) => row?.shares?.[ending]?.toFixed(0))
    return `${ending} from ${from ?? '–'} to ${to ?? '–'} %`
  })
  return `Learned reward from ${rewardWords(first?.reward)} to ${rewardWords(last?.reward)} in ${last?.update ?? 0} updates. Share of the update’s episodes: ${ends.join(', ')}.`
}
