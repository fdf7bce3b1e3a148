/** Synthetic judge of a draft. */
import { styleWishNamed, type Wish } from '../../evaluation/wish.ts'
import { type Outcome, worldOf } from '../../island/index.ts'
import { islandOf } from '../stores/island-choice.ts'
import type { Draft } from './draft.ts'

export interface DraftedJudge {
  /** Jumppads of the island whose clips the judge compares. */
  readonly outcomes: readonly Outcome[]
  readonly wanted: Wish
}

/** Returns the judge of a draft. If the island lacks the preferred jumppad, the judge prefers its first one. */
export function judgeIn({ island: address, wanted }: Draft): DraftedJudge {
  const island = islandOf(address)
  const { outcomes } = worldOf({ island: island.map })
  // Names of jumppads come first: a drawn island may have one that is called like a style.
  const preferred =
    outcomes.find((each) => each === wanted) ?? styleWishNamed(wanted) ?? outcomes[0]
  if (preferred === undefined) throw new RangeError(`“${island.title}” has no jumppad`)
  return { outcomes, wanted: preferred }
}
