/** Choice of the next pair, with the help of reward models. */
import type { Comparison } from '../../alignment/comparisons.ts'
import { decisive } from '../../alignment/comparisons.ts'
import {
  type Clip,
  goldenPairs,
  type Label,
  LEARNT_RULES,
  nextPair,
  type Pair,
  type PairSettings,
  pairKey,
  type RewardEnsemble,
  type ScheduledPair,
  type Session,
  type ShownPair,
  toComparisons,
} from '../../alignment/labels/index.ts'
import { tellingPairs } from '../../evaluation/telling-pairs.ts'
import { type StyleWish, styleWishIn } from '../../evaluation/wish.ts'
import { type Key, splitKey } from '../../island/index.ts'
import type { Lesson } from '../../lab/labelling/protocol.ts'
import {
  clipsInTurn,
  firstClips,
  isComplete,
  STYLE_CLIPS,
  TELLING_CLIPS,
} from '../data/clip-pool.ts'
import type { PairSource } from './pair-queue.ts'
import { pairsKey } from './session.ts'

/** Number of pairs that differ in a style, for each clip: with more, few clips would come again and again. */
const STYLE_SHARE = 0.75

/** Number of new decisive labels after which the reward models are trained again. */
const LEARN_EVERY = 5

interface Learnt {
  readonly pool: readonly Clip[]
  readonly question: string
  readonly ensemble: RewardEnsemble
}

export class PairPicker implements PairSource {
  readonly #learn: (lesson: Lesson) => Promise<RewardEnsemble>
  #learnt: Learnt | undefined
  #learning = false

  /** `learn` may take seconds; until it is done, pairs are picked by the previous reward models. */
  constructor(learn: (lesson: Lesson) => Promise<RewardEnsemble>) {
    this.#learn = learn
  }

  /** Returns the pair after those in `shown`; undefined where there are no clips for one, or not yet. */
  next(
    session: Session,
    shown: readonly ShownPair[],
    pool: readonly Clip[],
    log: readonly Label[],
  ): ScheduledPair | undefined {
    const { settings, question } = session
    const key = pairsKey(session)
    const wish = styleWishIn(question)
    if (settings.rule === 'telling') {
      const next = wish ? nextInStyle(wish) : nextTelling
      return next(key, settings, shown, pool)
    }
    const ensemble = this.#ensembleFor(pool, question, log)
    const fresh = shown.filter(({ kind }) => kind === 'fresh')
    const clips = ensemble.rewards.length > 0 ? pool : clipsInTurn(fresh, pool)
    if (clips === undefined) return undefined
    const golden = settings.golden
      ? goldenPairs(clips, settings.golden, splitKey(key, 'golden'))
      : []
    return nextPair({ key, settings, shown, golden, ensemble, clips: clips.map(({ id }) => id) })
  }

  isComplete(pool: readonly Clip[]): boolean {
    return isComplete(pool)
  }

  /** Returns whether a label is by the same labeller about the same question, in whichever session. */
  counts({ labeller, question }: Session, label: Label): boolean {
    return label.labeller === labeller && label.question === question
  }

  /**
   * Trains the reward models if there are enough new labels since the last time. Resolves to whether it did; rejects
   * on failure.
   */
  async study(session: Session, pool: readonly Clip[], log: readonly Label[]): Promise<boolean> {
    const learns = LEARNT_RULES.some((rule) => rule === session.settings.rule)
    if (!learns || !isComplete(pool) || this.#learning) return false
    const comparisons = comparisonsOf(log, pool)
    const count = decisive(comparisons).length
    const before = this.#ensembleFor(pool, session.question, log).labels
    const known = this.#isLearntFrom(pool, session.question) ? before : 0
    if (count < session.settings.minimumLabels || count < known + LEARN_EVERY) return false
    this.#learning = true
    try {
      const ensemble = await this.#learn({ clips: pool, comparisons, seed: session.seed })
      this.#learnt = { pool, question: session.question, ensemble }
      return true
    } finally {
      this.#learning = false
    }
  }

  #isLearntFrom(pool: readonly Clip[], question: string): boolean {
    return this.#learnt?.pool === pool && this.#learnt.question === question
  }

  /** Returns the ensemble; before it is trained, an empty one, by which a rule says what is lacking. */
  #ensembleFor(pool: readonly Clip[], question: string, log: readonly Label[]): RewardEnsemble {
    if (this.#learnt && this.#isLearntFrom(pool, question)) return this.#learnt.ensemble
    return { rewards: [], labels: decisive(comparisonsOf(log, pool)).length }
  }
}

/** Returns the next telling pair; undefined until enough clips are played for every outcome to occur. */
function nextTelling(
  key: Key,
  settings: PairSettings,
  shown: readonly ShownPair[],
  pool: readonly Clip[],
): ScheduledPair | undefined {
  const clips = firstClips(pool, TELLING_CLIPS)
  if (clips.length === 0) return undefined
  const endings = new Map(clips.map(({ id, ending }) => [id, ending]))
  return nextPair({ key, settings, shown, endings, clips: clips.map(({ id }) => id) })
}

/**
 * Returns a function that returns the next pair whose clips differ in a style; undefined until enough clips are
 * played. When the pairs of the first clips are used up, it waits for the whole pool.
 */
function nextInStyle(wish: StyleWish) {
  return (
    key: Key,
    settings: PairSettings,
    shown: readonly ShownPair[],
    pool: readonly Clip[],
  ): ScheduledPair | undefined => {
    const first = firstClips(pool, STYLE_CLIPS)
    if (first.length === 0) return undefined
    const soon = pairsInStyle(wish, key, first)
    const taken = new Set(shown.map((pair) => pairKey(pair.first, pair.second)))
    const lasts = soon.some((pair) => !taken.has(pairKey(pair.first, pair.second)))
    if (!lasts && !isComplete(pool)) return undefined
    const clips = (lasts ? first : pool).map(({ id }) => id)
    const telling = lasts ? soon : [...soon, ...pairsInStyle(wish, key, pool)]
    return nextPair({ key, settings, shown, telling, clips })
  }
}

function pairsInStyle(wish: StyleWish, key: Key, clips: readonly Clip[]): Pair[] {
  const count = Math.floor(STYLE_SHARE * clips.length)
  const idOf = (place: number) => clips[place]?.id ?? ''
  return tellingPairs(clips, wish, count, splitKey(key, 'style')).map(({ first, second }) => ({
    first: idOf(first),
    second: idOf(second),
  }))
}

/** Returns the comparisons of clips in the pool; labels of other clips may have been imported. */
function comparisonsOf(log: readonly Label[], pool: readonly Clip[]): Comparison[] {
  const places = new Map(pool.map(({ id }, index) => [id, index]))
  return toComparisons(
    log.filter(({ first, second }) => places.has(first) && places.has(second)),
    places,
  )
}
