/** Choice of pairs for a link from a reward model: with two given endings, least sure ones first. */
import {
  type Clip,
  type Label,
  nextPair,
  type ScheduledPair,
  type Session,
  type ShownPair,
} from '../../alignment/labels/index.ts'
import { finalReward } from '../../evaluation/reward-statistics.ts'
import type { Ending } from '../../island/index.ts'
import { type Candidate, currentCandidates, findCandidate } from '../data/candidates.ts'
import { loadModels } from '../data/catalogue.ts'
import { isComplete } from '../data/clip-pool.ts'
import { loadShelf } from '../data/shelf.ts'
import { RewardReader } from '../reward-look/reward-reader.ts'
import type { AskedSimilar } from '../stores/label-link.ts'
import type { PairSource } from './pair-queue.ts'
import { asksForSimilar, pairsKey } from './session.ts'

/** Number of clips from which the first pair is picked: with fewer, none may have the endings. */
const FEWEST_CLIPS = 64

interface ScoredClips {
  readonly clips: readonly Clip[]
  readonly rewards: readonly number[]
  readonly endings: ReadonlyMap<string, Ending>
}

export class SimilarPairs implements PairSource {
  readonly #asked: AskedSimilar
  readonly #usual: PairSource
  readonly #onScored: () => void
  #reader: RewardReader | undefined
  #scored: ScoredClips = { clips: [], rewards: [], endings: new Map() }
  #scoring = false

  /** `usual` picks the pairs of other sessions; `onScored` is called when pairs can be picked from more clips. */
  constructor(asked: AskedSimilar, usual: PairSource, onScored: () => void) {
    this.#asked = asked
    this.#usual = usual
    this.#onScored = onScored
  }

  end(): void {
    this.#reader?.end()
  }

  next(
    session: Session,
    shown: readonly ShownPair[],
    pool: readonly Clip[],
    log: readonly Label[],
  ): ScheduledPair | undefined {
    if (!asksForSimilar(session)) return this.#usual.next(session, shown, pool, log)
    const { clips, rewards, endings } = this.#scored
    if (clips.length === 0) return undefined
    const wanted = this.#asked.endings.toSorted().join()
    return nextPair({
      ...{ key: pairsKey(session), settings: session.settings, shown },
      clips: clips.map(({ id }) => id),
      ensemble: { rewards: [rewards], labels: 0 },
      among: ({ first, second }) =>
        [endings.get(first) ?? '', endings.get(second) ?? ''].toSorted().join() === wanted,
    })
  }

  isComplete(pool: readonly Clip[]): boolean {
    return isComplete(pool) && this.#scored.clips.length >= pool.length
  }

  counts(session: Session, label: Label): boolean {
    return this.#usual.counts(session, label)
  }

  /**
   * Scores clips that came since the last time. Resolves to whether there were any; rejects if the reward model is not
   * there or fails.
   */
  async study(session: Session, pool: readonly Clip[], log: readonly Label[]): Promise<boolean> {
    if (!asksForSimilar(session)) return this.#usual.study(session, pool, log)
    const enough = pool.length >= FEWEST_CLIPS && pool.length > this.#scored.clips.length
    if (!enough || this.#scoring) return false
    this.#scoring = true
    try {
      this.#reader ??= new RewardReader(await rewardNamed(this.#asked.reward))
      const running = await this.#reader.score(pool, () => undefined)
      if (running === undefined) return false
      const endings = new Map(pool.map(({ id, ending }) => [id, ending]))
      this.#scored = { clips: pool, rewards: running.map(finalReward), endings }
    } finally {
      this.#scoring = false
    }
    this.#onScored()
    return true
  }
}

async function rewardNamed(name: string): Promise<Candidate> {
  // A stored session resumes before the page has read which models there are.
  await Promise.all([loadModels(), loadShelf()])
  const found = findCandidate(currentCandidates('reward'), name)
  if (found) return found
  throw new Error(
    `There is no reward model “${name}” on this site or in this browser, so its unsure pairs cannot be found: add its file on the Evaluate page, then open this link again.`,
  )
}
