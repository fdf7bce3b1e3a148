import {
  type Clip,
  currentLabels,
  type Label,
  type Session,
  shownPairs,
} from '../../alignment/labels/index.ts'
import { messageOf } from '../../lab/worker/errors.ts'
import { isComplete } from '../data/clip-pool.ts'
import { Film } from '../replay/film.ts'
import { describePair } from './announce.ts'
import { answeredIn, type Circumstances, numberOf, type ShownPair, setUp } from './answering.ts'
import type { PairPicker } from './picker.ts'
import { Projector } from './projector.ts'
import { type PairOnDesk, useDesk } from './store.ts'

/** What pairs are made of. */
export interface PairSources {
  readonly picker: PairPicker
  /** Clips by identity: all that labels or pools name. */
  readonly clips: ReadonlyMap<string, Clip>
  /** All labels of this browser. */
  labels(): readonly Label[]
}

/** Milliseconds from a pair's first frame within which nobody has seen it and answered. */
const SHORTEST_LOOK_MS = 100

/**
 * The pair on the desk, the one before it and the one after it. What is shown changes in one
 * synchronous step; the pair after the next is prepared when its frame is on the screen.
 */
export class PairQueue {
  readonly projector: Projector
  readonly #sources: PairSources
  /** Whether clips stand still until they are asked to move. */
  readonly #still: boolean
  #pool: readonly Clip[] = []
  /** The newest pair, while an older one is looked at again. */
  #front: PairOnDesk | undefined
  #next: PairOnDesk | undefined
  /** Of the pair on the desk: when it was first seen, and how often it was played again. */
  #seenAt: number | undefined
  #replays = 0
  #disposed = false

  constructor(sources: PairSources, still: boolean) {
    this.#sources = sources
    this.#still = still
    this.projector = new Projector({
      onFirstFrame: (film, at) => this.#noteFirstFrame(film, at),
      onMotion: (motion) => useDesk.setState(motion),
    })
  }

  dispose(): void {
    this.#disposed = true
    this.projector.dispose()
  }

  /** The clips that new pairs are drawn from. */
  get pool(): readonly Clip[] {
    return this.#pool
  }

  /** Draws from these clips from now on; who waits for a pair gets one. */
  take(clips: readonly Clip[]): void {
    this.#pool = clips
    useDesk.setState({ clips: clips.length })
    if (useDesk.getState().onDesk) this.#ready()
    else this.beginAnew()
  }

  /**
   * Returns how an answer came about that was given at a time of `performance.now`; undefined where
   * the pair on the desk cannot have been seen by then, as with the second press of a bouncing key.
   */
  circumstances(at: number): Circumstances | undefined {
    if (this.#seenAt === undefined) return undefined
    const responseMs = at - this.#seenAt
    return responseMs < SHORTEST_LOOK_MS ? undefined : { responseMs, replays: this.#replays }
  }

  /** Starts the session that was set up: the first pair plays from its start, as if it had just come. */
  begin(): void {
    this.beginAnew()
    const { onDesk } = useDesk.getState()
    if (onDesk) this.#present(onDesk)
  }

  /** Takes an answer to the pair on the desk into the log, and shows what comes next. */
  advance(label: Label): void {
    const { onDesk, log } = useDesk.getState()
    const next = onDesk?.revisits ? this.#front : (this.#next ?? this.#prepare([...log, label]))
    useDesk.setState({ log: [...log, label] })
    this.#show(next, label)
  }

  /** The pair before the one on the desk, to be answered again. */
  back(): void {
    const { onDesk, log } = useDesk.getState()
    const labels = currentLabels(log)
    const at = onDesk?.revisits
      ? labels.findIndex(({ id }) => id === onDesk.revisits?.id)
      : labels.length
    const before = labels[at - 1]
    if (before) this.revisit(before)
  }

  /** Shows a pair again, to be answered anew. */
  revisit(label: Label): void {
    const { onDesk, log } = useDesk.getState()
    const shown = setUp(this.#sources.clips, label, numberOf(log, label), label)
    if (!shown) return
    if (!onDesk?.revisits) this.#front = onDesk
    this.#show(shown)
  }

  /** From a pair that is looked at again to the newest. */
  leave(): void {
    if (useDesk.getState().onDesk?.revisits) this.#show(this.#front)
  }

  replay(): void {
    this.#replays++
    this.projector.replay()
  }

  /** Takes the pair away, where no next one is known yet. */
  clear(): void {
    this.#show(undefined)
  }

  /** Looks at the log anew, and shows the pair that comes next unless it is on the desk already. */
  beginAnew(): void {
    const { session, onDesk } = useDesk.getState()
    if (!session) return
    const log = this.#sources.labels().filter((label) => isOf(session, label))
    useDesk.setState({ log })
    this.#next = undefined
    const first = this.#prepare(log)
    if (first && onDesk && isSamePair(first.pair, onDesk.pair)) {
      // What runs already goes on running.
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
    const exhausted = onDesk === undefined && isComplete(this.#pool)
    const isNews = onDesk !== undefined || answered !== undefined || exhausted
    const announcement = isNews ? describePair(onDesk, answered, exhausted) : ''
    useDesk.setState({ onDesk, answered, exhausted, announcement })
    // Re-shows and golden pairs must not be told from others by this.
    if (onDesk?.pair.kind === 'fresh') useDesk.setState({ fallback: onDesk.pair.fallback })
    this.#present(onDesk)
    // After the frame that shows it: nothing that comes next is needed for that.
    setTimeout(() => this.#ready(), 0)
  }

  /** Plays a pair, or shows it standing still, and waits for its first frame. */
  #present(onDesk: PairOnDesk | undefined): void {
    this.#seenAt = undefined
    this.#replays = 0
    this.projector.show(onDesk && new Film(onDesk.reels, this.projector.lanes), this.#still)
  }

  /** Has the pair after the newest ready, and learns from what was answered. */
  #ready(): void {
    const { session, log } = useDesk.getState()
    if (!session || this.#disposed) return
    if (this.#front) this.#next ??= this.#prepare(log, this.#front.pair)
    this.#sources.picker.study(session, this.#pool, log).catch((error: unknown) => {
      useDesk.setState({ poolProblem: messageOf(error) })
    })
  }

  /** A pair for after everything in the log, and after one more that has no answer yet. */
  #prepare(log: readonly Label[], onScreen?: ShownPair): PairOnDesk | undefined {
    const { session } = useDesk.getState()
    if (!session) return undefined
    const shown = [...shownPairs(log), ...(onScreen ? [onScreen] : [])]
    const pair = this.#sources.picker.next(session, shown, this.#pool, log)
    const number = answeredIn(session, log) + (onScreen ? 2 : 1)
    return pair && setUp(this.#sources.clips, pair, number)
  }

  #noteFirstFrame(film: Film, at: number): void {
    const { onDesk } = useDesk.getState()
    if (film.reels !== onDesk?.reels) return
    this.#seenAt ??= at
    performance.mark('label: first frame', { startTime: at })
  }
}

/** Whether a label counts in a session: what the same person answered to the same question. */
function isOf(session: Session, { labeller, question }: Label): boolean {
  return labeller === session.labeller && question === session.question
}

function isSamePair(a: ShownPair, b: ShownPair): boolean {
  return a.first === b.first && a.second === b.second && a.left === b.left
}
