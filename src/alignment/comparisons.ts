import { type Ending, type Key, type Outcome, RandomStream, splitKey } from '../island/index.ts'
import { EpochOrder } from './order.ts'

/** Properties of a clip that a judge compares. */
export interface JudgedClip {
  readonly ending: Ending
  readonly actions: { readonly length: number }
}

/** Verdict of one judge: 1 for the first clip, 0 for the second, 0.5 for a tie. */
export type Verdict = 0 | 0.5 | 1

/** Verdict, or undefined if the judge can't tell. */
type Judgement = Verdict | undefined

export type Judge<Clip extends JudgedClip = JudgedClip> = (first: Clip, second: Clip) => Judgement

/** Two clips, by index into a list. */
export interface ClipPair {
  readonly first: number
  readonly second: number
}

/** Two clips and the verdict on them. */
export interface Comparison extends ClipPair {
  /**
   * Probability that the first clip is preferred, 0…1: a `Verdict`, or a soft label between, from a
   * graded answer or the answers of several people.
   */
  readonly verdict: number
}

/**
 * Returns a synthetic judge that prefers one outcome: a clip that reaches the jumppad beats one that
 * does not; if both reach it, the one with fewer decisions wins; if neither does, or both take equally
 * long, it is a tie.
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

/** Error rates of a judge. */
export interface Fallibility {
  /** Share of decisive verdicts that are flipped. */
  readonly noise: number
  /** Share of pairs on which the judge can't tell. */
  readonly cantTell: number
}

/** Returns a judge that sometimes errs or can't tell, depending on the key and the order of its calls. */
export function fallible<Clip extends JudgedClip>(
  judge: Judge<Clip>,
  { noise, cantTell }: Fallibility,
  key: Key,
): Judge<Clip> {
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

/** Comparisons made by a judge, and counts of its answers. */
export interface Labels {
  /** Decisive comparisons and ties, without the pairs on which the judge couldn't tell. */
  readonly comparisons: readonly Comparison[]
  readonly asked: number
  readonly decisive: number
  readonly ties: number
  readonly cantTell: number
}

/**
 * Asks the judge about `count` random pairs of different clips, no pair twice. Pairs are successive
 * clips of an `EpochOrder`, so that clips are drawn about equally often: a label on a clip not seen
 * before is more informative. Throws if the clips make fewer than `count` pairs.
 */
export function drawComparisons<Clip extends JudgedClip>(
  clips: readonly Clip[],
  judge: Judge<Clip>,
  count: number,
  key: Key,
): Labels {
  const pairs = (clips.length * (clips.length - 1)) / 2
  if (count > pairs) {
    throw new Error(
      `${count} comparisons were requested, but ${clips.length} clips form only ${pairs} pairs: use more clips`,
    )
  }
  const seen = new Set<number>()
  const drawnPairs: ClipPair[] = []
  const order = count > 0 ? new EpochOrder(key, clips.length) : undefined
  for (let drawn = 0; order !== undefined && seen.size < count; drawn++) {
    const [first = 0, second = 0] = order.slice(2 * drawn, 2)
    const pair = Math.min(first, second) * clips.length + Math.max(first, second)
    if (first === second || seen.has(pair)) continue
    seen.add(pair)
    drawnPairs.push({ first, second })
  }
  const comparisons = judgedPairs(clips, drawnPairs, judge)
  const decided = decisive(comparisons).length
  return {
    comparisons,
    asked: count,
    decisive: decided,
    ties: comparisons.length - decided,
    cantTell: count - comparisons.length,
  }
}

/** Asks the judge about pairs; those on which it can't tell are left out. Throws for an index outside the list. */
export function judgedPairs<Clip extends JudgedClip>(
  clips: readonly Clip[],
  pairs: readonly ClipPair[],
  judge: Judge<Clip>,
): Comparison[] {
  return pairs.flatMap(({ first, second }) => {
    const [a, b] = [clips[first], clips[second]]
    if (a === undefined || b === undefined) throw new Error('A drawn clip lies outside the list')
    const verdict = judge(a, b)
    return verdict === undefined ? [] : [{ first, second, verdict }]
  })
}

/** Distance from 0.5 up to which a verdict is a tie: sums of soft labels are not exact. */
const TIE_WIDTH = 1e-6

/** Returns which clip a verdict prefers, however slightly; undefined for a tie. */
export function preferredClip({
  verdict,
}: Pick<Comparison, 'verdict'>): 'first' | 'second' | undefined {
  if (Math.abs(verdict - 0.5) <= TIE_WIDTH) return undefined
  return verdict > 0.5 ? 'first' : 'second'
}

/** Returns the comparisons that prefer one side. */
export function decisive(comparisons: readonly Comparison[]): Comparison[] {
  return comparisons.filter((comparison) => preferredClip(comparison) !== undefined)
}

/** Returns the comparisons of clips whose lengths differ by at most `tolerance` decisions. */
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
