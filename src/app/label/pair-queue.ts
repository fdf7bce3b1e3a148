import {
  type Clip,
  currentLabels,
  type Label,
  type ScheduledPair,
  type Session,
  type ShownPair,
  shownPairs,
} from '../../alignment/labels/index.ts'
import { Film } from '../replay/film.ts'
import { Player } from '../replay/player.ts'
import { problemOf } from '../sentences.ts'
import { createLane } from '../stores/live.ts'
import { describePair } from './announce.ts'
import { answeredIn, type Circumstances, numberOf, type PairToShow, setUp } from './answering.ts'
import type { AwayClock } from './away-clock.ts'
import { type PairOnDesk, useDesk } from './store.ts'

/** Choice of the pairs of a session. */
export interface PairSource {
  /** Returns the pair after those in `shown`; undefined where there is none, or not yet. */
  next(
    session: Session,
    shown: readonly ShownPair[],
    pool: readonly Clip[],
    log: readonly Label[],
  ): ScheduledPair | undefined
  /** Returns whether no further clips will come, so that no pair means that all were shown. */
  isComplete(pool: readonly Clip[]): boolean
  /** Returns whether a label belongs to the log of a session. */
  counts(session: Session, label: Label): boolean
  /** Learns from the answers which pairs to show. Resolves to whether it learnt anything; rejects on failure. */
  study(session: Session, pool: readonly Clip[], log: readonly Label[]): Promise<boolean>
}

/** Sources of what is shown. */
export interface DeskSources {
  readonly pairs: PairSource
  /** Clips by id: all that labels or pools refer to. */
  readonly clips: ReadonlyMap<string, Clip>
  /** Returns all labels of this browser. */
  labels(): readonly Label[]
}

/** Playback of the pairs. */
interface Playback {
  /** Whether clips stand still until they are played. */
  readonly still: boolean
  /** Clock of the time in which the labeller is away. */
  readonly away: AwayClock
  /** Returns the chosen speed, as a multiple of the original. */
  speed(): number
}

/** Minimum milliseconds from a pair's first frame in which it can be seen and answered. */
const SHORTEST_LOOK_MS = 100

/**
 * Queue of the pair on the desk, those before it and the one after it. The screen changes in a single
 * synchronous step; the pair after the new one is prepared in a later task.
 */
export class PairQueue {
  readonly player: Player<Film>
  /** Lanes of the left and the right clip. */
  readonly lanes = [createLane(), createLane()] as const
  readonly #sources: DeskSources
  readonly #playback: Playback
  #pool: readonly Clip[] = []
  /** Newest pair, to which revisits of older ones return. */
  #front: PairOnDesk | undefined
  #next: PairOnDesk | undefined
  /** Time of the first frame of the pair on the desk, by `performance.now`; `#replays` counts its replays. */
  #seenAt: number | undefined
  #replays = 0
  #disposed = false

  constructor(sources: DeskSources, playback: Playback) {
    this.#sources = sources
    this.#playback = playback
    this.player = new Player<Film>({
      onFirstFrame: (film, at) => this.#noteFirstFrame(film, at),
      onMotion: (motion) => useDesk.setState(motion),
      speed: () => playback.speed(),
    })
  }

  dispose(): void {
    this.#disposed = true
    this.player.dispose()
  }

  /** Clips that new pairs are drawn from. */
  get pool(): readonly Clip[] {
    return this.#pool
  }

  /** Draws from these clips from now on, and shows a pair if none is shown yet. */
  take(clips: readonly Clip[]): void {
    this.#pool = clips
    useDesk.setState({ clips: clips.length })
    if (useDesk.getState().onDesk) this.#ready()
    else this.beginAnew()
  }

  /**
   * Returns the circumstances of an answer given at `at`, a time of `performance.now`; undefined where the
   * pair on the desk cannot have been seen by then, as with the second press of a bouncing key.
   */
  circumstances(at: number): Circumstances | undefined {
    if (this.#seenAt === undefined) return undefined
    const awayMs = this.#playback.away.until(at)
    const responseMs = at - this.#seenAt - awayMs
    if (responseMs < SHORTEST_LOOK_MS) return undefined
    return { responseMs, replays: this.#replays, ...(awayMs > 0 ? { awayMs } : {}) }
  }

  /** Starts the session that was set up: the first pair plays from its start, as if just shown. */
  begin(): void {
    this.beginAnew()
    const { onDesk } = useDesk.getState()
    if (onDesk) this.#present(onDesk)
  }

  /** Appends an answer to the pair on the desk to the log, and shows the next pair. */
  advance(label: Label): void {
    const { onDesk, log } = useDesk.getState()
    const next = onDesk?.revisits ? this.#front : (this.#next ?? this.#prepare([...log, label]))
    useDesk.setState({ log: [...log, label] })
    this.#show(next, label)
  }

  /** Shows the pair before the one on the desk, to be answered again. */
  back(): void {
    const { onDesk, log } = useDesk.getState()
    const labels = currentLabels(log)
    const at = onDesk?.revisits
      ? labels.findIndex(({ id }) => id === onDesk.revisits?.id)
      : labels.length
    const before = labels[at - 1]
    if (before) this.revisit(before)
  }

  /** Shows a label's pair again, for another answer. */
  revisit(label: Label): void {
    const { onDesk, log } = useDesk.getState()
    const shown = setUp(this.#sources.clips, label, numberOf(log, label), label)
    if (!shown) return
    if (!onDesk?.revisits) this.#front = onDesk
    this.#show(shown)
  }

  /** Returns from a revisited pair to the newest. */
  leave(): void {
    if (useDesk.getState().onDesk?.revisits) this.#show(this.#front)
  }

  replay(): void {
    this.#replays++
    this.player.replay()
  }

  /** Plays the pair on the desk again after a break, which counts as no replay. */
  resume(): void {
    if (!this.#playback.still) this.player.replay()
  }

  /** Removes the pair from the desk, where no next one is known yet. */
  clear(): void {
    this.#show(undefined)
  }

  /** Has the source of the pairs learn from the answers. The desk shows why it could not until it could. */
  study(): void {
    const { session, log } = useDesk.getState()
    if (!session) return
    const show = (learnProblem: string | undefined) => {
      if (!this.#disposed) useDesk.setState({ learnProblem })
    }
    this.#sources.pairs.study(session, this.#pool, log).then(
      (learnt) => learnt && show(undefined),
      (error: unknown) => show(problemOf(error)),
    )
  }

  /** Rereads the log, and shows the pair that comes next unless it is on the desk already. */
  beginAnew(): void {
    const { session, onDesk } = useDesk.getState()
    if (!session) return
    const log = this.#sources.labels().filter((label) => this.#sources.pairs.counts(session, label))
    useDesk.setState({ log })
    this.#next = undefined
    const first = this.#prepare(log)
    if (first && onDesk && isSamePair(first.pair, onDesk.pair)) {
      // Keeps the film that is playing.
      this.#front = { ...first, reels: onDesk.reels }
      useDesk.setState({ onDesk: this.#front })
      this.#ready()
    } else this.#show(first)
  }

  #show(onDesk: PairOnDesk | undefined, answered?: Label): void {
    if (!onDesk?.revisits) {
      this.#front = onDesk
      this.#next = undefined
    }
    const exhausted = onDesk === undefined && this.#sources.pairs.isComplete(this.#pool)
    const isNews = onDesk !== undefined || answered !== undefined || exhausted
    const { scale } = useDesk.getState()
    const announcement = isNews ? describePair(onDesk, answered, { scale, exhausted }) : ''
    const ticked = onDesk?.revisits?.reasons ?? []
    useDesk.setState({ onDesk, answered, exhausted, announcement, ticked })
    // This must not reveal re-shows and golden pairs.
    if (onDesk?.pair.kind === 'fresh') useDesk.setState({ fallback: onDesk.pair.fallback })
    this.#present(onDesk)
    // The next pair is prepared after this task, as showing this one does not need it.
    setTimeout(() => this.#ready(), 0)
  }

  /** Plays a pair, or shows it standing still, and resets its circumstances until its first frame. */
  #present(onDesk: PairOnDesk | undefined): void {
    this.#seenAt = undefined
    this.#replays = 0
    this.player.show(onDesk && new Film(onDesk.reels, this.lanes), this.#playback.still)
  }

  /** Prepares the pair after the newest, and has the reward models train on the answers. */
  #ready(): void {
    const { session, log } = useDesk.getState()
    if (!session || this.#disposed) return
    if (this.#front) this.#next ??= this.#prepare(log, this.#front.pair)
    this.study()
  }

  /** Returns the pair to show after the log, and after `onScreen`, which has no answer yet. */
  #prepare(log: readonly Label[], onScreen?: PairToShow): PairOnDesk | undefined {
    const { session } = useDesk.getState()
    if (!session) return undefined
    const shown = [...shownPairs(log), ...(onScreen ? [onScreen] : [])]
    const pair = this.#sources.pairs.next(session, shown, this.#pool, log)
    const number = answeredIn(session, log) + (onScreen ? 2 : 1)
    return pair && setUp(this.#sources.clips, pair, number)
  }

  #noteFirstFrame(film: Film, at: number): void {
    const { onDesk } = useDesk.getState()
    if (film.reels !== onDesk?.reels) return
    if (this.#seenAt === undefined) {
      this.#seenAt = at
      this.#playback.away.reset(at)
    }
    performance.mark('label: first frame', { startTime: at })
  }
}

function isSamePair(a: PairToShow, b: PairToShow): boolean {
  return a.first === b.first && a.second === b.second && a.left === b.left
}
