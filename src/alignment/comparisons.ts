import { type Ending, type Key, type Outcome, RandomStream, splitKey } from '../island/index.ts'
import { EpochOrder } from './order.ts'

/** What a judge looks at in a clip. */
export interface JudgedClip {
  readonly ending: Ending
  readonly actions: { readonly length: number }
}

/** Which of two clips is preferred: 1 the first, 0 the second, 0.5 a tie. */
export type Verdict = 0 | 0.5 | 1

/** A verdict, or none: the judge can't tell. */
export type Judgement = Verdict | undefined

export type Judge = (first: JudgedClip, second: JudgedClip) => Judgement

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

/** How often a judge errs. */
export interface Fallibility {
  /** Share of decisive verdicts that come out the other way round. */
  readonly noise: number
  /** Share of pairs that the judge can't tell. */
  readonly cantTell: number
}

/** A judge who sometimes errs or can't tell. Its slips are a function of the key and of their order. */
export function fallible(judge: Judge, { noise, cantTell }: Fallibility, key: Key): Judge {
  const random = new RandomStream(splitKey(key, 'slips'))
  return (first, second) => {
    const gaveUp = random.chance(cantTell)
    const slipped = random.chance(noise)
    const verdict = judge(first, second)
    if (gaveUp || verdict === undefined) return undefined
    return slipped && verdict !== 0.5 ? flipped(verdict) : verdict
  }
}

function flipped(verdict: Verdict): Verdict {
  return verdict === 1 ? 0 : verdict === 0 ? 1 : 0.5
}

/** Comparisons as they were made, and how many pairs it took. */
export interface Labels {
  /** Without those the judge couldn't tell. */
  readonly comparisons: readonly Comparison[]
  readonly asked: number
  readonly decisive: number
  readonly ties: number
  readonly cantTell: number
}

/**
 * Asks the judge about `count` random pairs of different clips, no pair twice, and no clip again
 * before all others had their turn: a label on a clip not seen before says more. Throws where there
 * are fewer pairs than that.
 */
export function drawComparisons(
  clips: readonly JudgedClip[],
  judge: Judge,
  count: number,
  key: Key,
): Labels {
  const pairs = (clips.length * (clips.length - 1)) / 2
  if (count > pairs) {
    throw new Error(
      `${count} comparisons were asked for, but ${clips.length} clips make only ${pairs} pairs: use more clips`,
    )
  }
  const seen = new Set<number>()
  const comparisons: Comparison[] = []
  const order = count > 0 ? new EpochOrder(key, clips.length) : undefined
  for (let drawn = 0; order !== undefined && seen.size < count; drawn++) {
    const [first = 0, second = 0] = order.slice(2 * drawn, 2)
    const pair = Math.min(first, second) * clips.length + Math.max(first, second)
    if (first === second || seen.has(pair)) continue
    seen.add(pair)
    const [a, b] = [clips[first], clips[second]]
    if (a === undefined || b === undefined) throw new Error('A drawn clip lies outside the list')
    const verdict = judge(a, b)
    if (verdict !== undefined) comparisons.push({ first, second, verdict })
  }
  const decided = decisive(comparisons).length
  return {
    comparisons,
    asked: count,
    decisive: decided,
    ties: comparisons.length - decided,
    cantTell: count - comparisons.length,
  }
}

/** Those comparisons that prefer one side. */
export function decisive(comparisons: readonly Comparison[]): Comparison[] {
  return comparisons.filter(({ verdict }) => verdict !== 0.5)
}

/** Those comparisons of two clips whose lengths differ by at most `tolerance` decisions. */
export function ofEqualLength(
  comparisons: readonly Comparison[],
  clips: readonly JudgedClip[],
  tolerance: number,
): Comparison[] {
  const decisions = (index: number): number => clips[index]?.actions.length ?? Number.NaN
  return comparisons.filter(
    ({ first, second }) => Math.abs(decisions(first) - decisions(second)) <= tolerance,
  )
}
