/** Rules that pick a pair by the rewards that reward models predict for its clips. */
import type { RandomStream } from '../../island/index.ts'
import { pairKey } from './label.ts'
import type { LearntRule } from './settings.ts'

/** Two clips by their ids. */
export interface Pair {
  readonly first: string
  readonly second: string
}

/** RewardEnsemble of reward models, trained on the same comparisons with different keys. */
export interface RewardEnsemble {
  /** Learnt rewards: one list per model, with one number per clip in the order of the clips. */
  readonly rewards: readonly ArrayLike<number>[]
  /** Number of decisive comparisons that the models were trained on. */
  readonly labels: number
}

/**
 * Number of candidate pairs that a rule compares. All pairs would be too many: a thousand clips make half
 * a million, and the extremes of all of them would show the same few clips again and again.
 */
const CANDIDATES = 500

/** Draws up to `count` different untaken pairs that fit, all equally likely, each in either order. */
function drawPairs(
  clips: readonly string[],
  taken: ReadonlySet<string>,
  count: number,
  random: RandomStream,
  fits: (pair: Pair) => boolean,
): Pair[] {
  if (clips.length < 2) return []
  const drawn = new Map<string, Pair>()
  for (let tries = 0; drawn.size < count && tries < 4 * count + 64; tries++) {
    const a = random.below(clips.length)
    const b = (a + 1 + random.below(clips.length - 1)) % clips.length
    const [first, second] = [clips[a], clips[b]]
    if (first === undefined || second === undefined) continue
    const key = pairKey(first, second)
    if (!taken.has(key) && !drawn.has(key) && fits({ first, second })) {
      drawn.set(key, { first, second })
    }
  }
  if (drawn.size === count) return [...drawn.values()]
  // Few pairs are left: list them all.
  return random.shuffle(untaken(clips, taken, random).filter(fits)).slice(0, count)
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
 * Returns the pair that the rule scores highest among up to `CANDIDATES` random untaken pairs that fit;
 * undefined if there are none. Throws unless each model's rewards are one finite number per clip.
 */
export function pickByRule(
  rule: LearntRule,
  ensemble: RewardEnsemble,
  clips: readonly string[],
  taken: ReadonlySet<string>,
  random: RandomStream,
  fits: (pair: Pair) => boolean = () => true,
): Pair | undefined {
  const rewards = rewardsOf(ensemble, clips)
  const value = rule === 'disagreement' ? disagreement : closeness
  let best: Pair | undefined
  let highest = Number.NEGATIVE_INFINITY
  for (const pair of drawPairs(clips, taken, CANDIDATES, random, fits)) {
    const found = value(rewards(pair.first), rewards(pair.second))
    if (found <= highest) continue
    highest = found
    best = pair
  }
  return best
}

function rewardsOf({ rewards }: RewardEnsemble, clips: readonly string[]) {
  for (const member of rewards) {
    if (member.length !== clips.length || !Array.from(member).every(Number.isFinite)) {
      throw new Error(
        `Found ${member.length} rewards of ${clips.length} clips, expected one finite number per clip: score the clips again`,
      )
    }
  }
  const places = new Map(clips.map((clip, index) => [clip, index]))
  return (clip: string): number[] =>
    rewards.map((member) => member[places.get(clip) ?? -1] ?? Number.NaN)
}

/**
 * Returns the variance over the models of the probability that the first clip is preferred
 * (Bradley–Terry), by which Christiano et al. 2017 pick pairs (arXiv 1706.03741, section 2.2.4).
 */
export function disagreement(first: readonly number[], second: readonly number[]): number {
  const chances = first.map((reward, model) => 1 / (1 + Math.exp((second[model] ?? 0) - reward)))
  const mean = average(chances)
  return average(chances.map((chance) => (chance - mean) * (chance - mean)))
}

/** Returns the negative distance between the clips' mean rewards over the models; 0 at most. */
function closeness(first: readonly number[], second: readonly number[]): number {
  return -Math.abs(average(first) - average(second))
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
