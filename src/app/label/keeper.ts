/**
 * Keeps the desk's labels: in memory all that this browser has, on the disk what was committed. Only
 * what is on the disk is ever counted.
 */
import { z } from 'zod'
import type { Clip, Label, Session } from '../../alignment/labels/index.ts'
import { messageOf } from '../../lab/worker/errors.ts'
import {
  type ArchiveContents,
  countLabels,
  countUnexported,
  encodeLines,
  headerOf,
  InvalidEntryError,
  importLabels,
  type LabDatabase,
  type LabelEntry,
  type LabStore,
  noteBackup,
  readClips,
  readLabels,
  readSessions,
  readSetting,
  requestPersistence,
  type StorageError,
  saveClips,
  saveLabel,
  saveSession,
  saveSetting,
  wholePart,
} from '../../storage/index.ts'
import { poolName, poolSchema } from '../data/clip-pool.ts'
import {
  newLabeller,
  type OwnLabeller,
  readLabeller,
  saveLabeller,
  saveSessionOfLink,
  sessionOfLink,
} from '../data/own-session.ts'
import { unreadableSentence } from '../sentences.ts'
import { countOf } from '../ui/format.ts'
import { Outbox } from './outbox.ts'
import { APP_VERSION } from './session.ts'
import { useDesk } from './store.ts'

/** Under which name is remembered what is being labelled. */
const CURRENT = 'labelling'
const currentSchema = z.object({ session: z.uuid().nullable() })

/** What the desk shows of the database. */
const SHOWN: ReadonlySet<LabStore> = new Set(['labels', 'clips', 'sessions', 'settings'])

export class Keeper {
  readonly database: LabDatabase
  readonly clips = new Map<string, Clip>()
  readonly sessions = new Map<string, Session>()
  readonly outbox: Outbox
  labels: Label[] = []
  /** Labeller of this browser, known once everything is read. */
  labeller: OwnLabeller = newLabeller()
  readonly #endListening: () => void
  #counting = false
  #uncounted = false

  constructor(database: LabDatabase) {
    this.database = database
    this.outbox = new Outbox({
      save: (entry) => saveLabel(this.database, entry),
      // A correction whose label was cleared from the disk is saved once that is put back.
      isFinal: (error) => error instanceof InvalidEntryError,
      onRefused: ({ label }, error) => this.#putAside(label, messageOf(error)),
      onSaved: ({ label }) => {
        performance.mark('label: saved', { detail: label.id })
        void this.count()
      },
      onChange: ({ unsaved, problem }) => useDesk.setState({ unsaved, saveProblem: problem }),
    })
    const endNotices = database.onNotice((notice) => void this.#heed(notice))
    const endChanges = database.onChange((stores, from) => {
      // A training elsewhere writes its checkpoints all the time.
      if (from === 'this tab' || stores.every((store) => !SHOWN.has(store))) return
      // Who does not label only counts; the rest is read when it is this tab's turn.
      void (useDesk.getState().phase === 'elsewhere' ? this.count() : this.load())
    })
    this.#endListening = () => {
      endNotices()
      endChanges()
    }
  }

  /** Reads everything; where the disk refuses, says so and leaves what was there. */
  async load(): Promise<void> {
    await this.#tried(async () => {
      const [labels, sessions, clips, labeller] = await Promise.all([
        readLabels(this.database),
        readSessions(this.database),
        readClips(this.database),
        readLabeller(this.database),
      ])
      if (labeller) this.labeller = labeller
      for (const session of sessions.records) this.sessions.set(session.id, session)
      for (const clip of clips.records) this.clips.set(clip.id, clip)
      const known = new Set(labels.records.map(({ id }) => id))
      this.labels = [...labels.records, ...this.labels.filter(({ id }) => !known.has(id))]
      const lost = labels.unreadable + sessions.unreadable + clips.unreadable
      if (lost > 0) this.report(unreadableSentence(lost, 'record'))
    })
    useDesk.setState({ everything: this.labels })
    await this.count()
  }

  /** Counts what is committed; what comes in between is counted once more at the end. */
  async count(): Promise<void> {
    this.#uncounted = true
    if (this.#counting) return
    this.#counting = true
    while (this.#uncounted) {
      this.#uncounted = false
      await this.#tried(async () => {
        const [saved, unexported] = await Promise.all([
          countLabels(this.database),
          countUnexported(this.database),
        ])
        useDesk.setState({ saved, unexported })
      })
    }
    this.#counting = false
    if (useDesk.getState().saved === undefined) useDesk.setState({ saved: 0 })
  }

  add(entry: LabelEntry): void {
    this.labels = [...this.labels, entry.label]
    this.sessions.set(entry.session.id, entry.session)
    for (const clip of entry.clips) this.clips.set(clip.id, clip)
    useDesk.setState({ everything: this.labels })
    this.outbox.add(entry)
  }

  /** The sitting that was not ended, if any. */
  async current(): Promise<Session | undefined> {
    const found = await this.#tried(() => readSetting(this.database, CURRENT, currentSchema))
    return found?.session ? this.sessions.get(found.session) : undefined
  }

  /** The sitting that a link began in this browser, if any. */
  async sessionOfLink(link: string): Promise<Session | undefined> {
    const own = await this.#tried(() => sessionOfLink(this.database, link))
    return own === undefined ? undefined : this.sessions.get(own)
  }

  /** The sitting that began last. */
  latest(): Session | undefined {
    return [...this.sessions.values()].toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0]
  }

  /** Goes on with a session when the desk is opened next, or where the `link` that began it is. */
  async begin(session: Session, link: string | undefined): Promise<void> {
    this.sessions.set(session.id, session)
    const { code } = this.labeller
    this.labeller = { code, name: session.labeller === code ? '' : session.labeller }
    await this.#tried(async () => {
      await saveLabeller(this.database, this.labeller)
      await saveSession(this.database, session)
      await (link === undefined
        ? saveSetting(this.database, CURRENT, { session: session.id })
        : saveSessionOfLink(this.database, link, session.id))
    })
  }

  async end(): Promise<void> {
    await this.#tried(() => saveSetting(this.database, CURRENT, { session: null }))
  }

  /** The clips of a policy that were made before, in their order. */
  async pool(digest: string): Promise<Clip[]> {
    const ids = await this.#tried(() => readSetting(this.database, poolName(digest), poolSchema))
    const clips = (ids ?? []).map((id) => this.clips.get(id))
    const gap = clips.indexOf(undefined)
    return clips.slice(0, gap < 0 ? clips.length : gap).filter((clip) => clip !== undefined)
  }

  async keepPool(digest: string, pool: readonly Clip[]): Promise<void> {
    for (const clip of pool) this.clips.set(clip.id, clip)
    await this.#tried(async () => {
      await saveClips(this.database, pool)
      await saveSetting(
        this.database,
        poolName(digest),
        pool.map(({ id }) => id),
      )
    })
  }

  async persist(): Promise<void> {
    useDesk.setState({ persistence: await requestPersistence(navigator.storage) })
  }

  /** All that is in memory, saved or not. */
  contents(): ArchiveContents {
    return {
      sessions: [...this.sessions.values()],
      clips: [...this.clips.values()],
      labels: this.labels,
    }
  }

  report(problem: string): void {
    useDesk.setState({ storageProblem: problem })
  }

  /** Takes an answer that can never be saved out of the log, and says so. */
  #putAside(label: Label, why: string): void {
    this.labels = this.labels.filter(({ id }) => id !== label.id)
    useDesk.setState({ everything: this.labels })
    this.report(`An answer could not be saved, and is in no export. ${why}`)
  }

  /** What was reported has been read. */
  dismiss(): void {
    useDesk.setState({ storageProblem: undefined })
  }

  /** Stops listening to other tabs once everything unsaved is saved. */
  async dispose(): Promise<void> {
    await this.outbox.drained()
    this.#endListening()
  }

  /** The browser cleared the data under the page: what memory still has is put back. */
  async #heed(notice: StorageError): Promise<void> {
    // Data that was cleared before anything was read here is not this desk's loss.
    if (notice.problem === 'cleared' && this.labels.length + this.sessions.size === 0) return
    this.report(notice.message)
    if (notice.problem !== 'cleared') return
    await this.#tried(async () => {
      const { whole } = wholePart(this.contents())
      const now = new Date().toISOString()
      const archive = { header: headerOf(APP_VERSION, now), ...whole }
      await importLabels(this.database, encodeLines(archive))
      // Whether they are in a file was forgotten with the rest.
      await noteBackup(this.database, 0)
      this.report(restoredSentence(whole.labels.length))
    })
    await this.count()
  }

  /** Does what needs the disk; what the disk refuses is told, and undefined comes back. */
  async #tried<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      this.report(messageOf(error))
      return undefined
    }
  }
}

function restoredSentence(count: number): string {
  return `The browser’s data for this page was cleared while it was open. This tab still had ${countOf(count, 'entry', 'entries')} and has saved them again: export them, and import your last file for whatever else there was.`
}
