/**
 * Controller of the labelling desk: its session, the policy whose clips are compared, and the answers.
 * One per page. An answer changes the screen at once; saving and preparing pairs happen asynchronously.
 */

import {
  type Clip,
  type RewardEnsemble,
  type Session,
  sessionSchema,
} from '../../alignment/labels/index.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import type { Lesson } from '../../lab/labelling/protocol.ts'
import { noteClipSpeed } from '../../lab/training/speed.ts'
import { type Claim, firstProblem, type LabDatabase } from '../../storage/index.ts'
import { loadModels, useCatalogue } from '../data/catalogue.ts'
import { loadShelf } from '../data/shelf.ts'
import { problemOf } from '../sentences.ts'
import { type AskedSession, readSessionLink } from '../stores/label-link.ts'
import { useRoute } from '../stores/route.ts'
import { askedBeside, followed } from './address.ts'
import { describePair } from './announce.ts'
import { clipsOf, labelGiven } from './answering.ts'
import type { Answer } from './answers.ts'
import { AwayClock, noteHiding } from './away-clock.ts'
import { claimDesk } from './claim.ts'
import type { DeskControls } from './desk-controls.ts'
import { DeskStorage, sharePool } from './desk-storage.ts'
import { PairQueue } from './pair-queue.ts'
import { PairPicker } from './picker.ts'
import { PoolMaker } from './pool-maker.ts'
import { defaultPolicy, draftSession, policyIn, sessionAskedFor } from './session.ts'
import { SimilarPairs } from './similar-pairs.ts'
import { useDesk } from './store.ts'
import { useView } from './view.ts'
import { endedSentence } from './words.ts'

export interface DeskOptions {
  /** Whether clips stand still until they are played. */
  readonly still: boolean
  /** Session that a link requests: resumed, or begun immediately. */
  readonly asked: AskedSession | undefined
}

/**
 * Desk that was left while answers were unsaved. The next desk of this page takes over its storage and
 * its claim, so that these answers are still counted, retried and exported.
 */
let leftUnsaved: Desk | undefined

export class Desk implements DeskControls {
  readonly storage: DeskStorage
  readonly pairs: PairQueue
  readonly #maker: PoolMaker
  /** Source of pairs where a link requests pairs that a reward model is unsure of. */
  readonly #similar: SimilarPairs | undefined
  /** Session that a link requests. It does not affect the labeller's own, which plain links resume. */
  #asked: AskedSession | undefined
  /** Whether the session goes on although the address asks for something else. */
  #keptDespiteAddress = false
  /** What was said last about the address. */
  #said: string | undefined
  readonly #away = new AbortController()
  readonly #endNoting: () => void
  #claim: Claim | undefined

  constructor(database: LabDatabase, { still, asked }: DeskOptions) {
    this.#asked = asked
    useDesk.setState(useDesk.getInitialState(), true)
    const left = leftUnsaved
    this.storage = left?.storage ?? new DeskStorage(database)
    this.#claim = left ? left.#handOver() : undefined
    this.storage.show()
    this.#maker = new PoolMaker(
      (clips) => this.#take(clips),
      (made) => void noteClipSpeed(database, made).catch(() => undefined),
    )
    const picker = new PairPicker((lesson) => this.#learn(lesson))
    if (asked && 'reward' in asked) {
      this.#similar = new SimilarPairs(asked, picker, () => this.#takeScored())
    }
    const { clips } = this.storage
    const away = new AwayClock()
    this.pairs = new PairQueue(
      { pairs: this.#similar ?? picker, clips, labels: () => this.storage.labels },
      { still, away, speed: () => useView.getState().speed },
    )
    this.#endNoting = noteHiding(away)
    window.addEventListener('beforeunload', this.#warn)
    this.#open().catch((error: unknown) => this.storage.report(problemOf(error)))
  }

  /** Leaves the desk. Unsaved labels are still saved after this, as long as the tab is open. */
  async dispose(): Promise<void> {
    this.#away.abort()
    this.#endNoting()
    this.pairs.dispose()
    this.#maker.end()
    this.#similar?.end()
    leftUnsaved = this
    await this.storage.outbox.drained()
    if (leftUnsaved !== this) return
    this.storage.dispose()
    this.#handOver()?.release()
  }

  /** Gives up the claim and the warning, for the next desk to take over, or to be released. */
  #handOver(): Claim | undefined {
    leftUnsaved = undefined
    window.removeEventListener('beforeunload', this.#warn)
    return this.#claim
  }

  async #open(): Promise<void> {
    const { signal } = this.#away
    if (this.#claim) await this.storage.load()
    else {
      const elsewhere = () => useDesk.setState({ phase: 'elsewhere' })
      const claim = await claimDesk(() => this.storage.load(), elsewhere, signal)
      if (signal.aborted) return claim?.release()
      this.#claim = claim
    }
    if (signal.aborted) return
    await this.#resume()
    useDesk.setState({ phase: 'ready' })
    await this.loadModels()
  }

  /** Loads the list of policies, then has clips played by the session's policy. */
  async loadModels(): Promise<void> {
    // Where they cannot be loaded, the page shows the reason, which is in the catalogue.
    const isLoaded = await Promise.all([loadModels(), loadShelf()]).then(
      () => true,
      () => false,
    )
    if (this.#away.signal.aborted) return
    const { session, begun } = useDesk.getState()
    if (session && begun) this.#compareWithAddress(session, useRoute.getState().params)
    if (!isLoaded) return
    if (session) await this.retryClips()
    else this.#draftFirst()
  }

  /** Retries to have the missing clips played, and to learn which pairs to show. */
  async retryClips(): Promise<void> {
    const { session } = useDesk.getState()
    if (!session) return
    useDesk.setState({ learnProblem: undefined })
    this.pairs.study()
    await this.#fill(session)
  }

  /** Follows the address to another agent or island; says why not where the session has begun. */
  follow(params: URLSearchParams): void {
    const { phase, session, begun } = useDesk.getState()
    // Until the first session is drafted, that is still to follow the address.
    if (this.#away.signal.aborted || phase !== 'ready' || !session) return
    if (begun) this.#compareWithAddress(session, params)
    else this.#changeToAddress(session, params)
  }

  /** Resumes the session that a link requests, or else the last one that was not ended. */
  async #resume(): Promise<void> {
    const session = await (this.#asked
      ? this.storage.sessionOfLink(this.#asked.link)
      : this.storage.current())
    if (!session || session.worldVersion !== WORLD_VERSION) return
    useDesk.setState({ session, begun: true })
    void this.storage.persist()
    await this.#takePool(session)
  }

  #draftFirst(): void {
    const model = defaultPolicy()
    if (!model) return
    const { name } = this.storage.labeller
    const draft = this.#asked
      ? sessionAskedFor(model, name, this.#asked)
      : draftSession(model, name, this.storage.latest())
    this.#changeToAddress(draft, useRoute.getState().params)
    if (this.#asked) this.begin()
  }

  /** Sets up a session as the address asks for it, and says what of that there is not. */
  #changeToAddress(draft: Session, params: URLSearchParams): void {
    const { session, problems } = followed(draft, params)
    this.#sayAboutAddress(params, problems)
    this.change(session)
  }

  /** Says that a session that has begun goes on where the address asks for something else. */
  #compareWithAddress(session: Session, params: URLSearchParams): void {
    const problems = askedBeside(session, params)
    this.#keptDespiteAddress = problems.length > 0
    this.#sayAboutAddress(params, problems)
  }

  /** Shows what is wrong with the address, in place of what was said about an earlier one. */
  #sayAboutAddress(params: URLSearchParams, problems: readonly string[]): void {
    const { problem } = readSessionLink(params)
    const said = [...(problem === undefined ? [] : [problem]), ...problems].join(' ')
    if (said !== '') this.storage.report(said)
    else if (useDesk.getState().storageProblem === this.#said) this.storage.dismiss()
    this.#said = said
  }

  /** Changes the session that is being set up. */
  change(session: Session): void {
    const before = useDesk.getState().session
    useDesk.setState({ session, begun: false, learnProblem: undefined })
    if (before && sharePool(before, session)) this.pairs.beginAnew()
    else void this.#takePool(session).then(() => this.#fill(session))
  }

  begin(): void {
    const { session, begun } = useDesk.getState()
    if (!session || begun) return
    const labeller = session.labeller.trim() || this.storage.labeller.code
    const started = { ...session, labeller, createdAt: new Date().toISOString() }
    const { error } = sessionSchema.safeParse(started)
    if (error) {
      this.storage.report(`The session cannot start with these settings: ${firstProblem(error)}.`)
      return
    }
    useDesk.setState({ session: started, begun: true, ended: undefined })
    void this.storage.begin(started, this.#asked?.link)
    void this.storage.persist()
    this.pairs.begin()
    const { onDesk, scale } = useDesk.getState()
    const pair = describePair(onDesk, undefined, { scale })
    useDesk.setState({ announcement: `The session has started. ${pair}` })
  }

  /** Ends the session and drafts the next one like it, or as the address asked for while it went on. */
  end(): void {
    const { session } = useDesk.getState()
    if (!session) return
    const { file, digest } = session.policy
    // Where the list of policies is not there, the next session is about the same one.
    const model = policyIn(session) ?? defaultPolicy() ?? { file, sha256: digest }
    if (this.#asked === undefined) void this.storage.end()
    this.#asked = undefined
    const { log, begun, unsaved } = useDesk.getState()
    if (begun) useDesk.setState({ ended: endedSentence(session, log, unsaved) })
    const draft = draftSession(model, this.storage.labeller.name, session)
    if (this.#keptDespiteAddress) this.#changeToAddress(draft, useRoute.getState().params)
    else this.change(draft)
    this.#keptDespiteAddress = false
  }

  /** Takes imported labels into account: pairs that they answer are not asked again. */
  refresh(): void {
    if (useDesk.getState().phase === 'ready') this.pairs.beginAnew()
  }

  /**
   * Saves an answer given at `at`, in milliseconds of `performance.now`, and shows the next pair. Answers
   * to a pair that cannot have been seen, and those before the session has begun, are not saved.
   */
  answer(answer: Answer, at: number): void {
    const { session, begun, onDesk } = useDesk.getState()
    if (!session || !onDesk) return
    if (!begun) {
      useDesk.setState({ announcement: 'The session has not started. Press Enter to start.' })
      return
    }
    const label = labelGiven(this.pairs, answer, at)
    if (!label) return
    const sitting = this.storage.sessions.get(label.session) ?? session
    this.pairs.advance(label)
    this.storage.add({ label, session: sitting, clips: clipsOf(onDesk) })
  }

  /** Shows the pair before the one on the desk, to be answered again. */
  back(): void {
    this.pairs.back()
  }

  /** Takes the clips of a session's pool that were stored before. */
  async #takePool(session: Session): Promise<void> {
    this.pairs.clear()
    const pool = await this.storage.pool(session)
    const current = useDesk.getState().session
    if (current && sharePool(current, session)) this.#take(pool)
  }

  async #fill(session: Session): Promise<void> {
    const policy = policyIn(session)
    // The page says why the list of policies is not there; once it is, this comes again.
    if (!policy && useCatalogue.getState().models === undefined) return
    await this.#maker.fill(policy, session.island?.map, this.pairs.pool, (pool) =>
      this.storage.keepPool(session, pool),
    )
  }

  /** Has reward models trained on the trunk of the session's policy. */
  async #learn(lesson: Lesson): Promise<RewardEnsemble> {
    // A stored session resumes before the page has read which models there are.
    await Promise.all([loadModels(), loadShelf()])
    const { session } = useDesk.getState()
    return this.#maker.learn(session && policyIn(session), lesson)
  }

  #take(clips: readonly Clip[]): void {
    for (const clip of clips) this.storage.clips.set(clip.id, clip)
    this.pairs.take(clips)
  }

  /** Shows the first pair once clips are scored; a pair on the desk stays. */
  #takeScored(): void {
    if (!useDesk.getState().onDesk) this.pairs.beginAnew()
  }

  readonly #warn = (event: BeforeUnloadEvent) => {
    if (this.storage.outbox.unsaved > 0) event.preventDefault()
  }
}
