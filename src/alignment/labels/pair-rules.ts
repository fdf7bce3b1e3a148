/** Picking a pair by what reward models think of its clips. */
import type { RandomStream } from '../../island/index.ts'
import { pairKey } from './label.ts'
import type { LearntRule } from './settings.ts'

/** Two clips by their ids. */
export interface Pair {
  readonly first: string
  readonly second: string
}

/** Reward models of the same comparisons that were trained from different keys. */
export interface Ensemble {
  /** Learnt rewards: of each model a list, one number a clip in the order of the clips. */
  readonly rewards: readonly ArrayLike<number>[]
  /** Decisive comparisons that they were trained on. */
  readonly labels: number
}

/**
 * How many pairs are weighed against each other. Not all of them: a thousand clips make half a
 * million pairs, and the extremes of all of them would show the same few clips again and again.
 */
export const CANDIDATES = 500

/** Up to `count` different pairs that are not taken, every one equally likely, each in any order. */
export function drawPairs(
  clips: readonly string[],
  taken: ReadonlySet<string>,
  count: number,
  random: RandomStream,
): Pair[] {
  if (clips.length < 2) return []
  const drawn = new Map<string, Pair>()
  for (let tries = 0; drawn.size < count && tries < 4 * count + 64; tries++) {
    const a = random.below(clips.length)
    const b = (a + 1 + random.below(clips.length - 1)) % clips.length
    const [first, second] = [clips[a], clips[b]]
    if (first === undefined || second === undefined) continue
    const key = pairKey(first, second)
    if (!taken.has(key) && !drawn.has(key)) drawn.set(key, { first, second })
  }
  if (drawn.size === count) return [...drawn.values()]
  // Few are left: they are found one by one.
  return random.shuffle(untaken(clips, taken, random)).slice(0, count)
}

function untaken(
  clips: readonly string[],
  taken: ReadonlySet<string>,
  random: RandomStream,
): Pair[] {
  return clips.flatMap((a, index) =>
    clips
      .slice(index + 1)
      .filter((b) => !taken.has(pairKey(a, b)))
      .map((b) => (random.chance(0.5) ? { first: a, second: b } : { first: b, second: a })),
  )
}

/**
 * Of some hundred pairs that are not taken the one that the rule values most; undefined where all
 * are taken. Throws where a model's rewards are not one finite number a clip.
 */
export function pickByRule(
  rule: LearntRule,
  ensemble: Ensemble,
  clips: readonly string[],
  taken: ReadonlySet<string>,
  random: RandomStream,
): Pair | undefined {
  const rewards = rewardsOf(ensemble, clips)
  const value = rule === 'disagreement' ? disagreement : closeness
  let best: Pair | undefined
  let highest = Number.NEGATIVE_INFINITY
  for (const pair of drawPairs(clips, taken, CANDIDATES, random)) {
    const found = value(rewards(pair.first), rewards(pair.second))
    if (found <= highest) continue
    highest = found
    best = pair
  }
  return best
}

function rewardsOf({ rewards }: Ensemble, clips: readonly string[]) {
  for (const member of rewards) {
    if (member.length !== clips.length || !Array.from(member).every(Number.isFinite)) {
      throw new Error(
        `Found ${member.length} rewards of ${clips.length} clips, expected one finite number a clip: score the clips again`,
      )
    }
  }
  const places = new Map(clips.map((clip, index) => [clip, index]))
  return (clip: string): number[] =>
    rewards.map((member) => member[places.get(clip) ?? -1] ?? Number.NaN)
}

/**
 * Variance over the models of the probability that the first clip is preferred (Bradley–Terry), as
 * Christiano et al. 2017 pick pairs (arXiv 1706.03741, section 2.2.4).
 */
export function disagreement(first: readonly number[], second: readonly number[]): number {
  const chances = first.map((reward, model) => 1 / (1 + Math.exp((second[model] ?? 0) - reward)))
  const mean = average(chances)
  return average(chances.map((chance) => (chance - mean) * (chance - mean)))
}

/** Less, the further the models' mean rewards are apart; 0 at most. */
export function closeness(first: readonly number[], second: readonly number[]): number {
  return -Math.abs(average(first) - average(second))
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
