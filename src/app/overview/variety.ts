/** Rows of the Overview's card on training on several islands. */
import { endedShare } from '../../evaluation/outcomes.ts'
import { ISLANDS, TRAINING_ISLANDS } from '../../island/index.ts'
import type { VarietyResult } from '../../procedure/results.ts'

/** Groups of islands whose shares are averaged. */
export const VARIETY_PLACES: readonly { readonly name: string; readonly ids: readonly string[] }[] =
  [
    { name: 'First island', ids: ['home'] },
    {
      name: 'Others of the five',
      ids: idsOf(TRAINING_ISLANDS).filter((id) => id !== 'home'),
    },
    {
      name: 'Never played',
      ids: idsOf(ISLANDS).filter((id) => !idsOf(TRAINING_ISLANDS).includes(id)),
    },
  ]

function idsOf(islands: readonly { readonly id: string }[]): string[] {
  return islands.map(({ id }) => id)
}

/** Share of episodes on some islands that reached the wanted jumppad, 0…1: the mean over these. */
interface VarietyShare {
  /** Mean over seeds; undefined where nothing was measured. */
  readonly mean: number | undefined
  readonly bySeed: readonly number[]
}

interface VarietyRow {
  readonly played: 'first' | 'several'
  /** Shares for each of VARIETY_PLACES. */
  readonly shares: readonly VarietyShare[]
}

export interface VarietyGroup {
  /** Islands on which the aligned agents were pre-trained; undefined for the shipped agent. */
  readonly pretrained: 'first' | 'several' | undefined
  /** Size of these agents; undefined for the shipped agent. */
  readonly size: string | undefined
  readonly rows: readonly VarietyRow[]
}

/** Returns the results towards one jumppad, grouped by pre-training and by what was played in alignment. */
export function varietyGroups(
  variety: readonly VarietyResult[],
  wanted: VarietyResult['wanted'],
): VarietyGroup[] {
  return ([undefined, 'first', 'several'] as const).flatMap((pretrained) => {
    const runs = variety.filter((run) => run.wanted === wanted && run.agent?.islands === pretrained)
    const rows = (['first', 'several'] as const).flatMap((played) => {
      const own = runs.filter((run) => run.played === played)
      return own.length === 0 ? [] : [{ played, shares: VARIETY_PLACES.map(sharesIn(own)) }]
    })
    const size = runs[0]?.agent?.size
    return rows.length === 0 ? [] : [{ pretrained, size, rows }]
  })
}

function sharesIn(runs: readonly VarietyResult[]) {
  return ({ ids }: { readonly ids: readonly string[] }): VarietyShare => {
    const bySeed = runs.flatMap(({ tables, wanted }) => {
      // Not every island has the jumppad.
      const found = ids.flatMap((id) => {
        const table = tables[id]
        return table?.outcomes[wanted] === undefined ? [] : [endedShare(table, wanted)]
      })
      return found.length === 0 ? [] : [meanOf(found)]
    })
    return { mean: bySeed.length === 0 ? undefined : meanOf(bySeed), bySeed }
  }
}

/** Returns the mean of some numbers; NaN for none. */
export function meanOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length
}
