import { type Comparison, judgeFor, preferredClip } from '../../alignment/index.ts'
import { type Clip, keepAgentClip } from '../../alignment/labels/index.ts'
import { type HomeOutcome, type Key, rootKey, splitKey } from '../../island/index.ts'
import { beginningsOf, type NetworkParameters, playPolicy } from '../../procedure/index.ts'
import type { TrainingData } from '../../procedure/training/index.ts'
import type { Device } from '../../runtime/index.ts'
import { UsageError } from '../errors.ts'

/** Policy whose clips are compared, with the SHA-256 of its file. */
export interface ComparedAgent extends NetworkParameters {
  readonly sha256: string
}

/** Number of clips played at a time, more of them when they are used up. */
const AT_A_TIME = 40

/** Maximum number of pairs: an agent that needs more hardly ever reaches the preferred jumppad. */
const MOST_PAIRS = 2000

/**
 * Pairs of an agent's clips with the answers of a judge who prefers one jumppad. Each clip is in one
 * pair, and fewer answers are the first of more.
 */
export class AnsweredPairs {
  readonly #device: Device
  readonly #agent: ComparedAgent
  readonly #prefer: HomeOutcome
  readonly #key: Key
  readonly #clips: Clip[] = []

  constructor(device: Device, agent: ComparedAgent, prefer: HomeOutcome, seed: number) {
    this.#device = device
    this.#agent = agent
    this.#prefer = prefer
    this.#key = splitKey(rootKey(seed), 'training', 'too few labels')
  }

  /** Resolves with the first answers, ties included, of which `labels` prefer a side. */
  async first(labels: number): Promise<TrainingData> {
    const judge = judgeFor(this.#prefer)
    const comparisons: Comparison[] = []
    for (let preferring = 0; preferring < labels; ) {
      const pair = comparisons.length
      if (pair === MOST_PAIRS) {
        throw new UsageError(
          `Only ${preferring} of ${MOST_PAIRS} pairs have a clip that reaches the ${this.#prefer} jumppad first, expected ${labels}: choose another agent, or another jumppad with --prefer`,
        )
      }
      const [first, second] = await this.#pair(pair)
      const comparison = { first: 2 * pair, second: 2 * pair + 1, verdict: judge(first, second) }
      comparisons.push(comparison)
      if (preferredClip(comparison) !== undefined) preferring++
    }
    return { clips: this.#clips.slice(0, 2 * comparisons.length), comparisons }
  }

  async #pair(index: number): Promise<readonly [Clip, Clip]> {
    for (;;) {
      const [first, second] = this.#clips.slice(2 * index, 2 * index + 2)
      if (first !== undefined && second !== undefined) return [first, second]
      await this.#playMore()
    }
  }

  async #playMore(): Promise<void> {
    const key = splitKey(this.#key, 'clips', this.#clips.length)
    const beginnings = beginningsOf(key, 'spawn', AT_A_TIME)
    const played = await playPolicy(this.#device, this.#agent, beginnings, splitKey(key, 'act'))
    const { sha256 } = this.#agent
    this.#clips.push(...played.map(({ trajectory }) => keepAgentClip(trajectory, sha256)))
  }
}
