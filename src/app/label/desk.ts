/**
 * The labelling desk: which pair is on it, what is answered, and what of that is corrected. One per
 * page. An answer changes what is shown at once; saving and preparing happen beside it.
 */
import {
  type Clip,
  currentLabels,
  type Label,
  type Session,
  shownPairs,
} from '../../alignment/labels/index.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import { messageOf } from '../../lab/errors.ts'
import type { Claim } from '../../storage/index.ts'
import { loadManifest } from '../site.ts'
import { useRoute } from '../stores/route.ts'
import type { AskedSession } from './address.ts'
import { describePair } from './announce.ts'
import { answeredIn, clipsOf, labelOf, numberOf, type ShownPair, setUp } from './answering.ts'
import { claimDesk } from './claim.ts'
import { isComplete } from './clip-pool.ts'
import { Film } from './film.ts'
import { Keeper } from './keeper.ts'
import { PairPicker } from './picker.ts'
import { PoolMaker } from './pool-maker.ts'
import { Projector } from './projector.ts'
import { defaultModel, draftSession, modelOf, sessionAskedFor } from './session.ts'
import { type PairOnDesk, useDesk } from './store.ts'
import type { Answer } from './words.ts'

export class Desk {
  readonly keeper = new Keeper()
  readonly projector: Projector
  readonly #maker: PoolMaker
  readonly #picker: PairPicker
  /** Whether clips stand still until they are asked to move. */
  readonly #still: boolean
  /** The sitting that a link asks for: it leaves one's own, which plain links go on with, alone. */
  #asked: AskedSession | undefined
  readonly #away = new AbortController()
  #claim: Claim | undefined
  #pool: readonly Clip[] = []
  /** The newest pair, while an older one is looked at again. */
  #front: PairOnDesk | undefined
  #next: PairOnDesk | undefined
  /** Of the pair on the desk: when it was first seen, and how often it was played again. */
  #seenAt: number | undefined
  #replays = 0

  /** `asked` is the sitting that a link asks for, to be taken up, or begun at once. */
  constructor(still: boolean, asked?: AskedSession) {
    this.#still = still
    this.#asked = asked
    useDesk.setState(useDesk.getInitialState(), true)
    this.projector = new Projector({
      onFirstFrame: (film, at) => this.#noteFirstFrame(film, at),
      onMotion: (motion) => useDesk.setState(motion),
    })
    this.#maker = new PoolMaker((clips) => this.#take(clips))
    this.#picker = new PairPicker((lesson) => this.#maker.learn(lesson))
    window.addEventListener('beforeunload', this.#warn)
    void this.#open()
  }

  /** Unsaved labels are still saved after this, as long as the tab lives. */
  async dispose(): Promise<void> {
    this.#away.abort()
    this.projector.dispose()
    this.#maker.end()
    await this.keeper.dispose()
    window.removeEventListener('beforeunload', this.#warn)
    this.#claim?.release()
  }

  async #open(): Promise<void> {
    const { signal } = this.#away
    this.#claim = await claimDesk(() => this.keeper.load(), signal)
    if (signal.aborted) return this.#claim?.release()
    await this.#resume()
    useDesk.setState({ phase: 'ready' })
    await this.loadModels()
  }

  /** Fetches the list of policies, and has made of them what is missing. */
  async loadModels(): Promise<void> {
    useDesk.setState({ modelsProblem: undefined })
    try {
      const models = await loadManifest()
      useDesk.setState({ models })
    } catch (error) {
      useDesk.setState({ modelsProblem: messageOf(error) })
      return
    }
    if (this.#away.signal.aborted) return
    const { session } = useDesk.getState()
    if (session) await this.#fill(session)
    else this.#draftFirst()
  }

  /** Makes the clips that could not be made before. */
  async retryClips(): Promise<void> {
    const { session } = useDesk.getState()
    if (session) await this.#fill(session)
  }

  /** Goes on where the last sitting stopped, or where the one that is asked for did. */
  async #resume(): Promise<void> {
    const session = this.#asked
      ? this.keeper.sessions.get(this.#asked.session)
      : await this.keeper.current()
    if (!session || session.worldVersion !== WORLD_VERSION) return
    useDesk.setState({ session, begun: true })
    void this.keeper.persist()
    await this.#takePool(session)
  }

  #draftFirst(): void {
    const model = defaultModel(useDesk.getState().models, useRoute.getState().params.get('model'))
    if (!model) return
    const like = this.keeper.latest()
    if (this.#asked) {
      this.change(sessionAskedFor(model, this.#asked, like))
      this.begin()
    } else this.change(draftSession(model, like))
  }

  /** Changes what is being set up. */
  change(session: Session): void {
    const before = useDesk.getState().session
    useDesk.setState({ session, begun: false })
    if (before?.policy.digest === session.policy.digest) this.#beginAnew()
    else void this.#takePool(session).then(() => this.#fill(session))
  }

  begin(): void {
    const { session, begun } = useDesk.getState()
    if (!session || begun) return
    const started = { ...session, createdAt: new Date().toISOString() }
    useDesk.setState({ session: started, begun: true })
    void this.keeper.begin(started, this.#asked === undefined)
    void this.keeper.persist()
    this.#beginAnew()
    const pair = describePair(useDesk.getState().onDesk, undefined)
    useDesk.setState({ announcement: `The session begins. ${pair}` })
  }

  /** Ends the sitting; the next is set up like it. */
  end(): void {
    const { session, models } = useDesk.getState()
    const model = session && (modelOf(models, session) ?? defaultModel(models, null))
    if (!model) return
    if (this.#asked === undefined) void this.keeper.end()
    this.#asked = undefined
    this.change(draftSession(model, session))
  }

  /** Takes in what came from a file: pairs that were answered elsewhere are not asked again. */
  refresh(): void {
    if (useDesk.getState().phase === 'ready') this.#beginAnew()
  }

  answer(answer: Answer, at: number): void {
    const { session, begun, onDesk } = useDesk.getState()
    if (!session || !onDesk) return
    if (!begun) this.begin()
    const responseMs = Math.max(0, at - (this.#seenAt ?? at))
    const present = useDesk.getState().session ?? session
    const label = labelOf(onDesk, present, answer, { responseMs, replays: this.#replays })
    const sitting = this.keeper.sessions.get(label.session) ?? present
    performance.mark('label: answered', { detail: label.id, startTime: at })
    if (onDesk.revisits) this.#advance(label, this.#front)
    else this.#advance(label, this.#next ?? this.#prepare([...useDesk.getState().log, label]))
    this.keeper.add({ label, session: sitting, clips: clipsOf(onDesk) })
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
    const shown = setUp(this.keeper.clips, label, numberOf(log, label), label)
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

  #advance(label: Label, next: PairOnDesk | undefined): void {
    useDesk.setState(({ log }) => ({ log: [...log, label] }))
    this.#show(next, label)
  }

  #show(onDesk: PairOnDesk | undefined, answered?: Label): void {
    this.#seenAt = undefined
    this.#replays = 0
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
    this.projector.show(onDesk && new Film(onDesk.reels, this.projector.lanes), this.#still)
    // After the frame that shows it: nothing that comes next is needed for that.
    setTimeout(() => this.#ready(), 0)
  }

  /** Has the pair after the newest ready, and learns from what was answered. */
  #ready(): void {
    const { session, log } = useDesk.getState()
    if (!session || this.#away.signal.aborted) return
    if (this.#front) this.#next ??= this.#prepare(log, this.#front.pair)
    this.#picker.study(session, this.#pool, log).catch((error: unknown) => {
      useDesk.setState({ poolProblem: messageOf(error) })
    })
  }

  /** A pair for after everything in the log, and after one more that has no answer yet. */
  #prepare(log: readonly Label[], onScreen?: ShownPair): PairOnDesk | undefined {
    const { session } = useDesk.getState()
    if (!session) return undefined
    const shown = [...shownPairs(log), ...(onScreen ? [onScreen] : [])]
    const pair = this.#picker.next(session, shown, this.#pool, log)
    const number = answeredIn(session, log) + (onScreen ? 2 : 1)
    return pair && setUp(this.keeper.clips, pair, number)
  }

  /** Looks at the log anew, and shows the pair that comes next unless it is on the desk already. */
  #beginAnew(): void {
    const { session, onDesk } = useDesk.getState()
    if (!session) return
    const log = this.keeper.labels.filter(
      ({ labeller, question }) => labeller === session.labeller && question === session.question,
    )
    useDesk.setState({ log })
    this.#next = undefined
    const first = this.#prepare(log)
    const { pair } = onDesk ?? {}
    const isShown = first && pair?.first === first.pair.first && pair.second === first.pair.second
    if (isShown && pair?.left === first.pair.left) {
      // What runs already goes on running.
      this.#front = { ...first, reels: onDesk?.reels ?? first.reels }
      useDesk.setState({ onDesk: this.#front })
      this.#ready()
    } else this.#show(first)
  }

  /** Takes what was made of a policy's clips before. */
  async #takePool({ policy }: Session): Promise<void> {
    this.#show(undefined)
    const pool = await this.keeper.pool(policy.digest)
    if (useDesk.getState().session?.policy.digest === policy.digest) this.#take(pool)
  }

  #fill(session: Session): Promise<void> {
    const model = modelOf(useDesk.getState().models, session)
    return this.#maker.fill(model, this.#pool, (pool) =>
      this.keeper.keepPool(session.policy.digest, pool),
    )
  }

  #take(clips: readonly Clip[]): void {
    for (const clip of clips) this.keeper.clips.set(clip.id, clip)
    this.#pool = clips
    useDesk.setState({ clips: clips.length })
    if (!useDesk.getState().onDesk) this.#beginAnew()
    else this.#ready()
  }

  #noteFirstFrame(film: Film, at: number): void {
    const { onDesk } = useDesk.getState()
    if (film.reels !== onDesk?.reels) return
    this.#seenAt ??= at
    performance.mark('label: first frame', { startTime: at })
  }

  readonly #warn = (event: BeforeUnloadEvent) => {
    if (this.keeper.outbox.unsaved > 0) event.preventDefault()
  }
}
