import { type Comparison, decisive, preferredClip } from '../../alignment/index.ts'
import type { Ending } from '../../island/index.ts'
import type { LabelSource } from './plan.ts'

/** Minimum number of decisive comparisons: fewer teach nothing that generalises to other clips. */
export const FEWEST_PREFERENCES = 10

/** Labels to learn from; comparisons refer to `clips` by index. */
export interface LabelledClips {
  readonly clips: readonly { readonly ending: Ending }[]
  readonly comparisons: readonly Comparison[]
}

/**
 * Returns what these labels lack for training a reward model, one sentence each; empty where they
 * suffice. Meant to be called before training. `isStyle` says that they are about a style, for which
 * clips may all end at one jumppad.
 */
export function problemsOf(
  { clips, comparisons }: LabelledClips,
  by: LabelSource['kind'] = 'people',
  isStyle = false,
): string[] {
  const preferences = decisive(comparisons)
  const count = preferences.length
  const judged = isStyle
    ? 'have the judge answer more pairs, or choose an agent that arrives more often and in more ways'
    : 'have the judge answer more pairs, or choose an agent that reaches the preferred jumppad more often'
  if (comparisons.length > 0 && count === 0) {
    const advice = by === 'judge' ? judged : 'compare clips where one is better'
    return [
      `All ${comparisons.length} comparisons are ties, so there is no preference to learn from: ${advice}.`,
    ]
  }
  if (count < FEWEST_PREFERENCES) {
    const advice = {
      judge: judged,
      people: `label ${FEWEST_PREFERENCES - count} more pairs`,
      study: 'wait for more answers, or decide disputed pairs',
    }[by]
    return [
      `Found ${count} ${count === 1 ? 'comparison that prefers' : 'comparisons that prefer'} one clip, expected at least ${FEWEST_PREFERENCES}: ${advice}.`,
    ]
  }
  return [oneSide(preferences), oneKind(clips, preferences, isStyle)].filter(
    (found) => found !== undefined,
  )
}

function oneSide(preferences: readonly Comparison[]): string | undefined {
  const [side, ...others] = new Set(preferences.map(preferredClip))
  if (side === undefined || others.length > 0) return undefined
  return `All ${preferences.length} preferences are for the ${side} clip of the pair, which looks like a mistake: label some pairs where the other clip is better.`
}

function oneKind(
  clips: LabelledClips['clips'],
  preferences: readonly Comparison[],
  isStyle: boolean,
): string | undefined {
  const compared = new Set(preferences.flatMap(({ first, second }) => [first, second]))
  const endings = new Set([...compared].map((index) => clips[index]?.ending))
  const [ending] = endings
  if (endings.size > 1 || ending === undefined || (isStyle && ending !== 'none')) return undefined
  const place = ending === 'none' ? 'at no jumppad' : `at the ${ending} jumppad`
  return `All ${compared.size} compared clips end ${place}, so there is no other ending to compare with: use clips of an agent that also ends elsewhere.`
}
