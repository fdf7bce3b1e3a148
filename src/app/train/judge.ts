/** Synthetic judge of a draft. */
import { styleWishNamed, type Wish } from '../../evaluation/wish.ts'
import { type Outcome, worldOf } from '../../island/index.ts'
import { type ChosenIsland, islandOf } from '../stores/island-choice.ts'
import type { Draft } from './draft.ts'

export interface DraftedJudge {
  /** Island whose clips the judge compares. */
  readonly island: ChosenIsland
  /** Jumppads of that island. */
  readonly outcomes: readonly Outcome[]
  readonly wanted: Wish
}

/** Returns the judge of a draft; one that prefers what the island does not have prefers its first jumppad. */
export function judgeIn({ island: address, wanted }: Draft): DraftedJudge {
  const island = islandOf(address)
  const { outcomes } = worldOf({ island: island.map })
  const preferred = outcomes.find((each) => each === wanted) ?? outcomes[0]
  if (preferred === undefined) throw new RangeError(`“${island.title}” has no jumppad`)
  return { island, outcomes, wanted: styleWishNamed(wanted) ?? preferred }
}
