import { type Ending, type Key, type Outcome, RandomStream } from '../island/index.ts'

/** What a judge looks at in a clip. */
export interface JudgedClip {
  readonly ending: Ending
  readonly actions: { readonly length: number }
}

/** Which of two clips is preferred: 1 the first, 0 the second, 0.5 a tie. */
export type Verdict = 0 | 0.5 | 1

/** Two clips of a list by index, and the verdict on them. */
export interface Comparison {
  readonly first: number
  readonly second: number
  readonly verdict: Verdict
}

/**
 * A synthetic judge who wants one jumppad: reaching it beats everything else; when both clips reach
 * it the one with fewer decisions wins; when neither does, or both took as long, it is a tie.
 */
export function judgeFor(wanted: Outcome): (first: JudgedClip, second: JudgedClip) => Verdict {
  return (first, second) => {
    const firstReached = first.ending === wanted
    const secondReached = second.ending === wanted
    if (firstReached !== secondReached) return firstReached ? 1 : 0
    if (!firstReached || first.actions.length === second.actions.length) return 0.5
    return first.actions.length < second.actions.length ? 1 : 0
  }
}

/** `count` random pairs of different clips, judged. The same pair may come twice only by chance. */
export function drawComparisons(
  clips: readonly JudgedClip[],
  judge: (first: JudgedClip, second: JudgedClip) => Verdict,
  count: number,
  key: Key,
): Comparison[] {
  if (clips.length < 2) {
    throw new Error(`Found ${clips.length} clips to compare, expected at least 2`)
  }
  const random = new RandomStream(key)
  return Array.from({ length: count }, () => {
    const first = random.below(clips.length)
    const second = (first + 1 + random.below(clips.length - 1)) % clips.length
    const [a, b] = [clips[first], clips[second]]
    if (a === undefined || b === undefined) throw new Error('A drawn clip lies outside the list')
    return { first, second, verdict: judge(a, b) }
  })
}

/** Those comparisons that prefer one side. */
export function decisive(comparisons: readonly Comparison[]): Comparison[] {
  return comparisons.filter(({ verdict }) => verdict !== 0.5)
}
