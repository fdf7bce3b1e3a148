/** Answered pairs, as `models/too-few-labels.json` holds them. */

import { decisive, preferredClip } from '../../alignment/index.ts'
import { type Ending, HOME_ENDINGS } from '../../island/index.ts'
import { type LabelledPair, recordOf, type TooFewRun } from '../../procedure/index.ts'
import type { TrainingData } from '../../procedure/training/index.ts'

/** Counts the answers: ties, and decided pairs by the ending of the clip that was not preferred. */
export function answersOf({ clips, comparisons }: TrainingData): TooFewRun['answers'] {
  const decided = decisive(comparisons)
  const against: Record<Ending, number> = Object.fromEntries(
    HOME_ENDINGS.map((ending) => [ending, 0]),
  )
  for (const comparison of decided) {
    const { first, second } = comparison
    const other = clips[preferredClip(comparison) === 'first' ? second : first]
    if (other !== undefined) against[other.ending] = (against[other.ending] ?? 0) + 1
  }
  return { pairs: comparisons.length, ties: comparisons.length - decided.length, against }
}

/** Returns the pairs as records that can be replayed. */
export function pairsOf({ clips, comparisons }: TrainingData): LabelledPair[] {
  return comparisons.flatMap((comparison) => {
    const [first, second] = [clips[comparison.first], clips[comparison.second]]
    if (first === undefined || second === undefined) return []
    const preferred = preferredClip(comparison)
    return {
      first: recordOf(first, first.ending),
      second: recordOf(second, second.ending),
      ...(preferred && { preferred }),
    }
  })
}
