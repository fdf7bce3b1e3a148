/** Simulated raters, who give graded answers to pairs of clips. */
import { type Key, RandomStream } from '../../src/island/index.ts'
import { GRADED_ANSWERS, type GradedAnswer } from '../../src/study/statistics/graded.ts'

export interface GradedPair {
  readonly first: number
  readonly second: number
  readonly grade: GradedAnswer
  /** Preference of another rater who has to choose a side: 1 for the first clip, 0 for the second. */
  readonly otherChoice: 0 | 1
}

/** Felt differences from which raters answer "better" and "much better". */
export interface Thresholds {
  readonly better: number
  readonly muchBetter: number
}

const RATERS = 10
/** Standard deviation of the logarithm of raters' factors on the thresholds. */
const RATER_SPREAD = 0.4

/**
 * Draws pairs of the given clips and answers them. A rater feels the difference of the utilities plus
 * standard logistic noise, and grades it by thresholds of their own.
 */
export function gradedPairs(
  clips: readonly number[],
  utilities: readonly number[],
  count: number,
  thresholds: Thresholds,
  key: Key,
): GradedPair[] {
  const random = new RandomStream(key)
  const factors = Array.from({ length: RATERS }, () => Math.exp(RATER_SPREAD * random.normal()))
  return Array.from({ length: count }, () => {
    const first = random.pick(clips)
    const second = random.pick(clips.filter((clip) => clip !== first))
    const difference = (utilities[first] ?? 0) - (utilities[second] ?? 0)
    const felt = (difference + logistic(random)) / random.pick(factors)
    const otherChoice = difference + logistic(random) > 0 ? 1 : 0
    return { first, second, grade: gradeOf(felt, thresholds), otherChoice }
  })
}

function gradeOf(felt: number, { better, muchBetter }: Thresholds): GradedAnswer {
  const size = Math.abs(felt) < better ? 0 : Math.abs(felt) < muchBetter ? 1 : 2
  const grade = GRADED_ANSWERS[2 + Math.sign(felt) * size]
  if (grade === undefined) throw new Error(`Found no grade for the felt difference ${felt}`)
  return grade
}

function logistic(random: RandomStream): number {
  const share = (random.uint32() + 0.5) / 2 ** 32
  return Math.log(share / (1 - share))
}
