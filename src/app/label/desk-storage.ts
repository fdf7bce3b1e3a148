/**
 * Storage of the desk's labels: everything in memory, and committed records on disk. Only what is on the
 * disk is ever counted as saved.
 */
import { z } from 'zod'
import type { Clip, Label, Session } from '../../alignment/labels/index.ts'
import {
  type ArchiveContents,
  consistentPart,
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
import { problemOf, unreadableSentence } from '../sentences.ts'
import { countOf } from '../ui/format.ts'
import type { LabelStorage } from './desk-controls.ts'
import { Outbox } from './outbox.ts'
import { APP_VERSION } from './session.ts'
import { useDesk } from './store.ts'

/** Name of the setting that stores which session is being labelled. */
const CURRENT = 'labelling'
const currentSchema = z.object({ session: z.uuid().nullable() })

/** Stores of the database that the desk shows. */
const SHOWN: ReadonlySet<LabStore> = new Set(['labels', 'clips', 'sessions', 'settings'])

/** Restriction of the storage to one session. */
export interface StorageScope {
  /** Id of the session whose labels are read and counted. */
  readonly session: string
  /**
   * Called after the browser cleared its data and the labels were saved again. Restores what else
   * belongs to the session, and resolves to the sentence for the labeller.
   */
  restored(entries: number): Promise<string>
}

/** Labels, clips and sessions of the desk in memory, with an outbox that saves new labels to the database. */
export class DeskStorage implements LabelStorage {
  readonly database: LabDatabase
  readonly clips = new Map<string, Clip>()
  readonly sessions = new Map<string, Session>()
  readonly outbox: Outbox
  labels: Label[] = []
  /** Labeller of this browser, known once everything is read. */
  labeller: OwnLabeller = newLabeller()
  readonly #scope: StorageScope | undefined
  readonly #endListening: () => void
  /** Ids of answers that can never be saved. */
  readonly #putAsideIds = new Set<string>()
  #counting = false
  #uncounted = false

  /** Without a scope, the storage has all labels of this browser. */
  constructor(database: LabDatabase, scope?: StorageScope) {
    this.database = database
    this.#scope = scope
    this.outbox = new Outbox({
      save: (entry) => saveLabel(this.database, entry),
      // A correction whose label was cleared from the disk can be saved once that is restored; a
      // correction of a label that was put aside never can.
      isFinal: (error, { label: { corrects } }) =>
        error instanceof InvalidEntryError ||
        (corrects !== undefined && this.#putAsideIds.has(corrects)),
      onRefused: ({ label }, error) => this.#putAside(label, problemOf(error)),
      onSaved: ({ label }) => {
        performance.mark('label: saved', { detail: label.id })
        void this.count()
      },
      onChange: ({ unsaved, problem }) => useDesk.setState({ unsaved, saveProblem: problem }),
    })
    const endNotices = database.onNotice((notice) => void this.#handleNotice(notice))
    const endChanges = database.onChange((stores, from) => {
      // A training in another tab writes checkpoints all the time.
      if (from === 'this tab' || stores.every((store) => !SHOWN.has(store))) return
      // A tab that does not label only counts; it reads the rest when it is its turn.
      void (useDesk.getState().phase === 'elsewhere' ? this.count() : this.load())
    })
    this.#endListening = () => {
      endNotices()
      endChanges()
    }
  }

  /** Reads everything; where the disk fails, reports that and keeps what is in memory. */
  async load(): Promise<void> {
    await this.#tried(() => this.#read())
    useDesk.setState({ everything: this.labels })
    await this.count()
  }

  /**
   * Reads everything as `load` does, but rejects where the disk fails. Resolves to the number of labels
   * that this release cannot read.
   */
  async loadOrFail(): Promise<number> {
    const unreadable = await this.#read()
    useDesk.setState({ everything: this.labels })
    await this.count()
    return unreadable
  }

  /** Reads everything and returns the number of labels that this release cannot read. */
  async #read(): Promise<number> {
    const [labels, sessions, clips, labeller] = await Promise.all([
      readLabels(this.database, this.#scope?.session),
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
    return labels.unreadable
  }

  /** Counts committed labels; calls during a count make it repeat once more at the end. */
  async count(): Promise<void> {
    this.#uncounted = true
    if (this.#counting) return
    this.#counting = true
    while (this.#uncounted) {
      this.#uncounted = false
      await this.#tried(async () => {
        const [saved, unexported] = await Promise.all([
          countLabels(this.database, this.#scope?.session),
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

  /** Returns the session that was not ended, if any. */
  async current(): Promise<Session | undefined> {
    const found = await this.#tried(() => readSetting(this.database, CURRENT, currentSchema))
    return found?.session ? this.sessions.get(found.session) : undefined
  }

  /** Returns the session that a link started in this browser, if any. */
  async sessionOfLink(link: string): Promise<Session | undefined> {
    const own = await this.#tried(() => sessionOfLink(this.database, link))
    return own === undefined ? undefined : this.sessions.get(own)
  }

  /** Returns the labeller's own session that began last, if any; those of studies are not their own. */
  latest(): Session | undefined {
    return [...this.sessions.values()]
      .filter(({ study }) => study === undefined)
      .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))[0]
  }

  /** Stores a session and its labeller. The desk resumes it when next opened, or only by `link` if given. */
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

  /** Returns the stored clips of a session's pool in order, up to the first that is missing. */
  async pool(session: PoolOwner): Promise<Clip[]> {
    const ids = await this.#tried(() => readSetting(this.database, nameOf(session), poolSchema))
    const clips = (ids ?? []).map((id) => this.clips.get(id))
    const gap = clips.indexOf(undefined)
    return clips.slice(0, gap < 0 ? clips.length : gap).filter((clip) => clip !== undefined)
  }

  async keepPool(session: PoolOwner, pool: readonly Clip[]): Promise<void> {
    for (const clip of pool) this.clips.set(clip.id, clip)
    await this.#tried(async () => {
      await saveClips(this.database, pool)
      await saveSetting(
        this.database,
        nameOf(session),
        pool.map(({ id }) => id),
      )
    })
  }

  async persist(): Promise<void> {
    useDesk.setState({ persistence: await requestPersistence(navigator.storage) })
  }

  /** Returns everything in memory, saved or not. */
  contents(): ArchiveContents {
    return {
      sessions: [...this.sessions.values()],
      clips: [...this.clips.values()],
      labels: this.labels,
    }
  }

  drained(): Promise<void> {
    return this.outbox.drained()
  }

  /** Tries again to save what could not be saved. */
  retry(): void {
    this.outbox.retry()
  }

  report(problem: string): void {
    useDesk.setState({ storageProblem: problem })
  }

  /** Removes an answer that can never be saved from the log, and reports that. */
  #putAside(label: Label, why: string): void {
    const others = (labels: readonly Label[]) => labels.filter(({ id }) => id !== label.id)
    this.#putAsideIds.add(label.id)
    this.labels = others(this.labels)
    useDesk.setState(({ log }) => ({ everything: this.labels, log: others(log) }))
    this.report(`An answer could not be saved and is missing from all exports. ${why}`)
  }

  /** Dismisses the reported problem. */
  dismiss(): void {
    useDesk.setState({ storageProblem: undefined })
  }

  /** Shows what is in memory, where the page's state was reset. */
  show(): void {
    const { unsaved, problem } = this.outbox
    useDesk.setState({ unsaved, saveProblem: problem, everything: this.labels })
  }

  /** Stops listening to other tabs. */
  dispose(): void {
    this.#endListening()
  }

  /** Reports a notice of the database; if the browser cleared its data, restores what is in memory. */
  async #handleNotice(notice: StorageError): Promise<void> {
    // Nothing is lost to this desk where it has not read anything yet.
    if (notice.problem === 'cleared' && this.labels.length + this.sessions.size === 0) return
    this.report(notice.message)
    if (notice.problem !== 'cleared') return
    await this.#tried(async () => {
      const { whole } = consistentPart(this.contents())
      const now = new Date().toISOString()
      const archive = { header: headerOf(APP_VERSION, now), ...whole }
      await importLabels(this.database, encodeLines(archive))
      // The record of what was exported was cleared too, so everything counts as not exported.
      await noteBackup(this.database, 0)
      const entries = whole.labels.length
      this.report((await this.#scope?.restored(entries)) ?? restoredSentence(entries))
    })
    await this.count()
  }

  /** Runs work that needs the disk; reports a failure and resolves to undefined. */
  async #tried<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      this.report(problemOf(error))
      return undefined
    }
  }
}

/** Policy and island of a session; sessions with the same ones share a pool. */
type PoolOwner = Pick<Session, 'policy' | 'island'>

function nameOf({ policy, island }: PoolOwner): string {
  return poolName(policy.digest, island?.map)
}

/** Returns whether two sessions have the same pool. */
export function sharePool(a: PoolOwner, b: PoolOwner): boolean {
  return nameOf(a) === nameOf(b)
}

function restoredSentence(count: number): string {
  return `The browser’s data for this page was cleared while it was open. This tab still had ${countOf(count, 'entry', 'entries')} and has saved them again: export them now, then import your last exported file to restore the rest.`
}
