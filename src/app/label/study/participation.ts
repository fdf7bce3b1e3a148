/**
 * Controller of a labeller's participation in a study: opens the invitation, leads from consent to the
 * end, and stores every step. One per page.
 */

import type { Session } from '../../../alignment/labels/index.ts'
import { connectPublisher } from '../../../collector/connect.ts'
import { decodeInvitation, type Invitation } from '../../../collector/invitation.ts'
import { pause } from '../../../collector/pause.ts'
import { studyDigest } from '../../../collector/study-digest.ts'
import {
  opennessOf,
  openStudy,
  StudyOpeningError,
  serverTimeOf,
} from '../../../lab/study/open-study.ts'
import { Sender, UNCOUNTED } from '../../../lab/study/sender.ts'
import * as steps from '../../../lab/study/sitting.ts'
import {
  type Claim,
  changeSitting,
  deleteSitting,
  type LabDatabase,
  newId,
  readSittings,
  readStudies,
  type Sitting,
  StorageError,
  saveSession,
  saveSitting,
} from '../../../storage/index.ts'
import { isPrepared, type PreparedStudy } from '../../../study/index.ts'
import { problemOf, unreadableSentence } from '../../sentences.ts'
import { claimDesk } from '../claim.ts'
import type { LabelStorage } from '../desk-controls.ts'
import { DeskStorage } from '../desk-storage.ts'
import { APP_VERSION } from '../session.ts'
import { useDesk } from '../store.ts'
import type { AskedStudy } from './asked.ts'
import { MemoryStorage } from './memory-storage.ts'
import { useParticipation } from './store.ts'

/** Participation that was left while answers were unsaved; the next one of this sitting takes them over. */
let leftUnsaved: Participation | undefined

export class Participation {
  readonly #database: LabDatabase
  readonly #asked: AskedStudy
  readonly #left = new AbortController()
  /** Id of the sitting, by which the next page knows whether it takes over what was left unsaved. */
  #sittingId: string | undefined
  #claim: Claim | undefined
  #storage: DeskStorage | MemoryStorage | undefined
  #sender: Sender | undefined
  /** Writes of the sitting, one after the other. */
  #written: Promise<unknown> = Promise.resolve()

  constructor(database: LabDatabase, asked: AskedStudy) {
    this.#database = database
    this.#asked = asked
    useDesk.setState(useDesk.getInitialState(), true)
    useParticipation.setState(useParticipation.getInitialState(), true)
    window.addEventListener('beforeunload', this.#warn)
    window.addEventListener('online', this.#online)
    const endChanges = database.onChange((stores) => {
      if (stores.includes('labels')) this.#sender?.wake()
    })
    this.#left.signal.addEventListener('abort', endChanges)
    void this.open()
  }

  /** Leaves the page. Unsaved answers are still saved after this, as long as the tab is open. */
  async dispose(): Promise<void> {
    this.#left.abort()
    window.removeEventListener('online', this.#online)
    const stopped = this.#sender?.stop()
    leftUnsaved = this
    await this.#storage?.drained()
    await this.#written
    await stopped
    if (leftUnsaved !== this) return
    if (this.#storage instanceof DeskStorage) this.#storage.dispose()
    this.#handOver()?.release()
  }

  /** Gives up the claim, the warning and the storage, for the next page to take over, or to be released. */
  #handOver(): Claim | undefined {
    leftUnsaved = undefined
    window.removeEventListener('beforeunload', this.#warn)
    return this.#claim
  }

  /** Opens the study, or tries again to open it. */
  async open(): Promise<void> {
    useParticipation.setState({ stage: 'opening', failure: undefined })
    useDesk.setState({ storageProblem: undefined })
    try {
      // What was declined before has to be gone.
      await this.#written
      await (this.#asked.kind === 'trial'
        ? this.#openTrial(this.#asked.id)
        : this.#openInvitation(decodeInvitation(this.#asked.text)))
    } catch (error) {
      const isTransient =
        error instanceof StorageError || (error instanceof StudyOpeningError && error.isTransient)
      const failure = { sentence: problemOf(error), isTransient }
      if (this.#left.signal.aborted) return
      // The storage may have reported the same.
      useDesk.setState({ storageProblem: undefined })
      useParticipation.setState({ stage: 'failed', failure })
    }
  }

  /** Id of the study that the researcher tries; undefined for an invitation. */
  get trialOf(): string | undefined {
    return this.#asked.kind === 'trial' ? this.#asked.id : undefined
  }

  /** Labels of this sitting in memory, saved or not. */
  get storage(): LabelStorage | undefined {
    return this.#storage
  }

  /** Session of this sitting, once the first pair was shown. */
  get session(): Session | undefined {
    const { sitting } = useParticipation.getState()
    if (sitting?.begunAt === undefined) return undefined
    const stored =
      this.#storage instanceof DeskStorage ? this.#storage.sessions.get(sitting.id) : undefined
    return stored ?? steps.sessionOf(sitting, sitting.begunAt, APP_VERSION)
  }

  agree(): void {
    this.#change((sitting) => steps.agreed(sitting, now()))
  }

  /** Declines to take part: nothing of the invitation stays in this browser. */
  decline(): void {
    const { sitting } = useParticipation.getState()
    useParticipation.setState({ stage: 'declined', sitting: undefined })
    if (sitting) this.#write(() => deleteSitting(this.#database, sitting.id))
  }

  readInstructions(): void {
    useParticipation.setState({ hasReadInstructions: true, reviewsInstructions: false })
  }

  /** Shows the instructions again, in the course of the practice. */
  reviewInstructions(): void {
    useParticipation.setState({ reviewsInstructions: true })
  }

  practise(right: boolean): void {
    this.#change((sitting) => steps.practised(sitting, right))
  }

  passPractice(): void {
    this.#change(steps.passed)
  }

  /** Begins with the real pairs. */
  async begin(): Promise<void> {
    const { sitting } = useParticipation.getState()
    if (!sitting || this.#storage) return
    const session = steps.sessionOf(sitting, now(), APP_VERSION)
    try {
      await this.#openStorage(sitting, session)
    } catch (error) {
      this.#abandonStorage()
      useDesk.setState({ storageProblem: problemOf(error) })
      return
    }
    if (this.#left.signal.aborted) return
    this.#write(() => saveSession(this.#database, session))
    this.#change((before) => steps.begun(before, session.createdAt))
    this.#send()
  }

  /** Ends the sitting once all answers are saved. */
  async end(why: NonNullable<Sitting['why']>): Promise<void> {
    await this.#storage?.drained()
    if (!this.#left.signal.aborted) this.#change((sitting) => steps.finished(sitting, now(), why))
  }

  withdraw(): void {
    // A file that was handed in before has no withdrawal in it.
    useParticipation.setState({ handedIn: undefined })
    this.#change((sitting) => steps.withdrawn(sitting, now()))
  }

  /** Tries again to send what the collector could not be sent. */
  retrySending(): void {
    this.#sender?.retry()
  }

  /** Sends everything once more, as after the collector has lost something; readers drop duplicates. */
  sendAgain(): void {
    this.#stopSending()
    this.#change(steps.unsent)
    this.#send()
  }

  async #openTrial(id: string): Promise<void> {
    const { records } = await readStudies(this.#database)
    const entry = records.find((each) => each.id === id)
    if (!entry) {
      throw new Error(
        'This study is not in this browser: open the trial from the page of the study.',
      )
    }
    const { study, access } = entry
    if (!isPrepared(study)) {
      throw new Error(
        'This study cannot be tried yet, as its clips were not played: prepare it on the page of the study.',
      )
    }
    // Pages without a secure context cannot compute a digest, which a trial does not need.
    const digest = globalThis.crypto?.subtle ? await studyDigest(study) : '0'.repeat(64)
    const invitation: Invitation = {
      ...{ version: 1, study: { id, digest }, labeller: 1, slot: 1 },
      ...(access ? { collector: access } : {}),
    }
    const sitting = steps.newSitting(newId(), invitation, study, {}, now())
    if (!this.#left.signal.aborted)
      useParticipation.setState({ stage: 'open', sitting, isTrial: true })
  }

  async #openInvitation(invitation: Invitation): Promise<void> {
    const { signal } = this.#left
    this.#stopSending()
    const left = leftUnsaved
    if (left) await left.#written
    const known = await this.#known(invitation)
    if (known && left && left.#sittingId === known.id) {
      this.#storage = left.#storage
      this.#claim = left.#handOver()
    }
    const elsewhere = () => useParticipation.setState({ stage: 'elsewhere' })
    this.#claim ??= await claimDesk(async () => {}, elsewhere, signal)
    if (signal.aborted) return this.#claim?.release()
    // Another tab may have continued the sitting while this one waited.
    const sitting = (await this.#known(invitation)) ?? known
    await (sitting ? this.#resume(sitting, invitation) : this.#openNew(invitation))
  }

  async #openNew(invitation: Invitation): Promise<void> {
    const { study, serverTime } = await openStudy(invitation, how())
    const openness = opennessOf(study, serverTime ?? Date.now())
    if (this.#left.signal.aborted) return
    if (openness.is !== 'open') {
      useParticipation.setState({ stage: 'not open', openness })
      return
    }
    const parameters = steps.parametersIn(window.location, study.parameters)
    const sitting = steps.newSitting(newId(), invitation, study, parameters, now())
    this.#write(() => saveSitting(this.#database, sitting))
    this.#sittingId = sitting.id
    useParticipation.setState({ stage: 'open', sitting })
  }

  async #resume(sitting: Sitting, invitation: Invitation): Promise<void> {
    const openness = await opennessNow(sitting)
    this.#sittingId = sitting.id
    if (sitting.begunAt !== undefined) await this.#openStorage(sitting, undefined)
    if (this.#left.signal.aborted) return
    useParticipation.setState({ stage: 'open', sitting, openness })
    // The researcher may have sent a new link with valid credentials.
    const { inline: _inline, ...rest } = invitation
    this.#change((before) => ({ ...before, invitation: rest }))
    this.#send()
  }

  /**
   * Returns the sitting that this invitation has in this browser already, if any. Rejects where that cannot
   * be known, as a second sitting would ask for the same pairs once more.
   */
  async #known({ study, labeller }: Invitation): Promise<Sitting | undefined> {
    const { records, newer } = await readSittings(this.#database)
    if (newer > 0) throw new StudyOpeningError(unreadableSentence(newer, 'record'), true)
    return records.find(
      ({ invitation: { labeller: known, study: of } }) =>
        known === labeller && of.id === study.id && of.digest === study.digest,
    )
  }

  /** Opens the labels of a sitting; `session` is given where it begins. */
  async #openStorage(sitting: Sitting, session: Session | undefined): Promise<void> {
    if (useParticipation.getState().isTrial) {
      this.#storage ??= new MemoryStorage()
      return
    }
    const before = this.#storage instanceof DeskStorage ? this.#storage : undefined
    const storage =
      before ??
      new DeskStorage(this.#database, {
        session: sitting.id,
        restored: (entries) => this.#restore(entries),
      })
    this.#storage = storage
    storage.show()
    const unreadable = await storage.loadOrFail()
    // The next pair follows from the number of answers, so none may be missing.
    if (unreadable > 0) throw new StudyOpeningError(unreadableSentence(unreadable, 'record'), true)
    if (session) storage.sessions.set(session.id, session)
    void storage.persist()
  }

  /** Gives up a storage that could not be opened, so that another attempt starts over. */
  #abandonStorage(): void {
    if (this.#storage instanceof DeskStorage) this.#storage.dispose()
    this.#storage = undefined
  }

  /** Saves the sitting again after the browser cleared its data, where nothing counts as sent. */
  async #restore(entries: number): Promise<string> {
    const { sitting } = useParticipation.getState()
    if (sitting) {
      // What the sender was about to send has keys of the log that was cleared.
      this.#stopSending()
      await saveSitting(this.#database, steps.unsent(sitting))
      this.#send()
    }
    return `The browser’s data for this page was cleared while it was open. This tab still had your ${entries === 1 ? 'answer' : `${entries} answers`} and has saved them again.`
  }

  /** Stops the sender; what it is sending now may still arrive, which does no harm. */
  #stopSending(): void {
    void this.#sender?.stop()
    this.#sender = undefined
  }

  /** Starts sending, where the sitting has begun and the study has a collector. */
  #send(): void {
    const { sitting, isTrial } = useParticipation.getState()
    const collector = sitting?.invitation.collector
    if (!sitting || !collector || isTrial || sitting.begunAt === undefined) return
    const { study, labeller } = sitting.invitation
    this.#sender = new Sender({
      ...{ database: this.#database, sitting: sitting.id, wait: pause },
      connect: () =>
        connectPublisher(collector, { study: study.id, labeller }, { page: window.location.href }),
      onState: (sending) => useParticipation.setState({ sending }),
    })
    useParticipation.setState({ sending: UNCOUNTED })
    // The beginning has to be committed before it can be sent.
    void this.#written.then(() => this.#sender?.wake())
  }

  /** Changes the sitting on the page at once, and then in the database. */
  #change(change: (sitting: Sitting) => Sitting): void {
    const { sitting, isTrial } = useParticipation.getState()
    if (!sitting) return
    const changed = change(sitting)
    useParticipation.setState({ sitting: changed })
    if (isTrial) return
    this.#write(async () => {
      const stored = await changeSitting(this.#database, sitting.id, change)
      // Where the browser cleared its data, nothing counts as sent.
      if (stored === undefined) await saveSitting(this.#database, steps.unsent(changed))
      this.#sender?.wake()
    })
  }

  /** Writes to the database after earlier writes; reports a failure. */
  #write(work: () => Promise<unknown>): void {
    if (useParticipation.getState().isTrial) return
    this.#written = this.#written.then(work).catch((error: unknown) => {
      useDesk.setState({ storageProblem: problemOf(error) })
    })
  }

  readonly #online = () => this.#sender?.retry()

  readonly #warn = (event: BeforeUnloadEvent) => {
    if (useDesk.getState().unsaved > 0) event.preventDefault()
  }
}

function now(): string {
  return new Date().toISOString()
}

function how() {
  return { fetch: window.fetch.bind(window), page: window.location.href }
}

/** Returns whether a sitting's study is open now; asks its server before it turns anybody away. */
async function opennessNow({ study, invitation }: Sitting) {
  const openness = opennessOf(study, Date.now())
  if (openness.is === 'open') return openness
  const time = await serverTimeOf(invitation, how())
  return time === undefined ? openness : opennessOf(study, time)
}

/** Returns the prepared study of a sitting. */
export function studyOf({ study }: Sitting): PreparedStudy {
  if (isPrepared(study)) return study
  throw new Error('The study of this session has no pairs: open the invitation again.')
}
