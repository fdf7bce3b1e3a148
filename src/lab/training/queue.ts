/**
 * Queue of this browser's trainings: one runs at a time, in one tab; the others wait in order of
 * creation. A run interrupted by a reload or a crash resumes at its last checkpoint.
 */
import {
  referenceSeconds,
  type TrainingData,
  type TrainingPlan,
} from '../../procedure/training/index.ts'
import {
  type Annotation,
  annotateRun,
  awaitTraining,
  type Claim,
  cancelRuns,
  changeRun,
  claimTraining,
  type LabDatabase,
  type Locks,
  type NewRun,
  newId,
  RUN_VERSION,
  type Run,
  type RunDevice,
  type RunState,
  readRunData,
  readRuns,
  removeRun,
  renameRun,
  saveRuns,
} from '../../storage/index.ts'
import type { DeviceChoice } from '../worker/choices.ts'
import { messageOf } from '../worker/errors.ts'
import { ActiveRun } from './active-run.ts'
import type { TrainingConnection } from './connect.ts'
import { freeName } from './free-name.ts'
import type { TrainingState } from './queue-state.ts'
import { readSlowness, totalOf } from './speed.ts'

/** States of runs that are yet to be trained to their end. */
const PENDING: readonly RunState[] = ['running', 'queued']

/** States of runs that have not ended. */
const UNFINISHED: readonly RunState[] = ['queued', 'running', 'paused']

/** Milliseconds between two reads of the runs while one is under way in this tab. */
const REREAD_WHILE_TRAINING_MS = 20_000

/** Milliseconds for which a new run is left to the tab that created it. */
const HEAD_START_MS = 1000

/** Dependencies of the queue. */
export interface TrainingQueueParts {
  readonly database: LabDatabase
  /** Web Locks, which keep two tabs from training at once; undefined if the browser lacks them. */
  readonly locks: Locks | undefined
  /** URL of the folder with the shipped models, with a trailing slash. */
  readonly models: string
  /** Starts a training worker. */
  connect(): TrainingConnection
  /** Returns the device requested in the address, if any. */
  askedDevice(): DeviceChoice | undefined
  now(): Date
  /** Resolves after a number of milliseconds. */
  wait(milliseconds: number): Promise<void>
  /** Called with the parts of the state that changed. */
  onState(changes: Partial<TrainingState>): void
  /** Returns a sentence that says how many runs cannot be read. */
  unreadable(count: number): string
}

/** Run to add to the queue. */
export interface RunOrder {
  readonly plan: TrainingPlan
  readonly name: string
  /** Training data, if people made it. */
  readonly data?: TrainingData | undefined
  /** Devices that an earlier run of the plan used. */
  readonly devices?: readonly RunDevice[]
  readonly tags?: readonly string[]
}

export class TrainingQueue {
  readonly #parts: TrainingQueueParts
  #state: TrainingState = {
    runs: undefined,
    live: undefined,
    elsewhere: false,
    held: undefined,
    unread: undefined,
    problem: undefined,
  }
  #opened: Promise<void> | undefined
  #rereading = false
  #working = false
  #active: ActiveRun | undefined
  /** Training time on this machine relative to the reference machine, if known. */
  #slowness: number | undefined
  #endListening: (() => void) | undefined
  /** Runs whose record could not be updated: they are not resumed automatically. */
  readonly #stuck = new Set<string>()
  /** Runs that the user resumed since they were trained last. */
  readonly #resumed = new Set<string>()

  constructor(parts: TrainingQueueParts) {
    this.#parts = parts
  }

  get state(): TrainingState {
    return this.#state
  }

  /** Reads the runs, listens to other tabs, and resumes an interrupted run. */
  async open(): Promise<void> {
    this.#opened ??= this.#open()
    await this.#opened
    // The next call tries again to read the runs.
    if (this.#state.runs === undefined) this.#opened = undefined
  }

  /**
   * Adds a run, with its training data if people made it. Rejects with a sentence if the browser cannot
   * store it.
   */
  async enqueue(plan: TrainingPlan, name: string, data?: TrainingData): Promise<Run> {
    const run = this.#newRun({ plan, name })
    await this.#add([{ run, data }])
    return run
  }

  /** Adds runs, which are trained in this order; all of them are stored, or none. */
  async enqueueAll(orders: readonly RunOrder[]): Promise<void> {
    const added: NewRun[] = []
    for (const order of orders) {
      const before = added.map(({ run }) => run)
      added.push({ run: this.#newRun(order, before), data: order.data })
    }
    await this.#add(added)
  }

  /** Repeats a training on its last device, where it gives the same parameters. */
  async repeat(id: string): Promise<Run> {
    const { devices, name, plan, tags } = this.#runOf(id)
    const data = await readRunData(this.#parts.database, id)
    const run = this.#newRun({ plan, name: `${name}, again`, devices: devices.slice(-1), tags })
    await this.#add([{ run, data }])
    return run
  }

  /** Pauses a run: the active one after a checkpoint or step, a waiting one at once. */
  async pause(id: string): Promise<void> {
    if (this.#isLive(id)) await this.#active?.pause()
    else await this.#setState(id, ['queued'], 'paused')
  }

  /** Resumes a paused or failed run at its last checkpoint. */
  async resume(id: string): Promise<void> {
    if (this.#isLive(id)) {
      await this.#active?.resume()
      return
    }
    this.#stuck.delete(id)
    this.#resumed.add(id)
    await this.#setState(id, ['paused', 'failed'], 'queued')
    void this.#work()
  }

  /** Ends a run; with `keep`, the model trained so far is exported first. */
  async stop(id: string, keep = true): Promise<void> {
    const run = this.#runOf(id)
    if (this.#isLive(id) && keep) {
      // The record holds the request too, for a tab that resumes the run if this one is closed before it is met.
      await this.#askToStop(id)
      await this.#active?.stop()
    } else if (this.#isLive(id)) {
      await this.#abandon(id)
    } else if (keep && run.seconds > 0) {
      await this.#askToStop(id, 'queued')
      void this.#work()
    } else {
      await this.#setState(id, UNFINISHED, 'stopped')
      void this.#work()
    }
  }

  /** Trains the waiting runs although the run that `held` names stays paused. */
  async trainWaiting(): Promise<void> {
    this.#set({ held: undefined })
    void this.#work()
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#tried(() => renameRun(this.#parts.database, id, name))
    await this.#load()
  }

  /** Changes the tags or the note of a run. Rejects with a sentence if they are invalid or cannot be stored. */
  async annotate(id: string, annotation: Annotation): Promise<void> {
    await annotateRun(this.#parts.database, id, annotation)
    await this.#load()
  }

  /** Takes runs that still wait off the queue; see `cancelRuns`. */
  async cancel(ids: readonly string[]): Promise<void> {
    await this.#tried(() => cancelRuns(this.#parts.database, ids))
    await this.#load()
  }

  /** Deletes a run and its checkpoints in any state; models that it produced stay on the shelf. */
  async remove(id: string): Promise<void> {
    if (this.#isLive(id)) await this.#abandon(id)
    await this.#tried(() => removeRun(this.#parts.database, id))
    await this.#load()
    void this.#work()
  }

  /** Reads the measured slowness of this machine. */
  async measure(): Promise<void> {
    // Estimates work without it; if the database is broken, reading the runs reports that.
    const found = await readSlowness(this.#parts.database).catch(() => undefined)
    this.#slowness = found ?? this.#slowness
  }

  /**
   * Returns the estimated seconds of a plan on this machine, from the trainings that ran here, or else
   * on the reference machine (docs/benchmarks.md). `parameters` is the size of the starting model.
   */
  estimateSeconds(plan: TrainingPlan, parameters?: number): number {
    return totalOf(referenceSeconds(plan, parameters)) * (this.#slowness ?? 1)
  }

  /** Returns the record of a run that waits behind those of this browser and those added `before` it. */
  #newRun({ plan, name, devices = [], tags = [] }: RunOrder, before: readonly Run[] = []): Run {
    const taken = new Set([...(this.#state.runs ?? []), ...before].map((run) => run.name))
    // Waiting runs are trained in the order of their creation.
    const createdAt = before[0]
      ? new Date(before[0].createdAt).getTime() + before.length
      : this.#parts.now().getTime()
    return {
      id: newId(),
      version: RUN_VERSION,
      name: freeName(name.trim().slice(0, 190) || 'Training', taken),
      ...{ tags: [...tags], note: '' },
      plan,
      state: 'queued',
      createdAt: new Date(createdAt).toISOString(),
      seconds: 0,
      partSeconds: {},
      devices: [...devices],
      resumes: 0,
      curves: {},
    }
  }

  async #add(added: readonly NewRun[]): Promise<void> {
    await saveRuns(this.#parts.database, added)
    await this.#load()
    void this.#work()
  }

  async #open(): Promise<void> {
    this.#endListening?.()
    this.#endListening = this.#parts.database.onChange((stores, from) => {
      if (from === 'another tab' && stores.includes('runs')) void this.#reread()
    })
    await this.measure()
    await this.#load()
    this.#set({ held: this.#pausedInFront()?.id })
    void this.#work()
  }

  /** Returns the run that was paused while others waited for it; undefined if there is none. */
  #pausedInFront(): Run | undefined {
    const runs = this.#state.runs ?? []
    const first = runs.findLast(({ state }) => PENDING.includes(state))
    // A run that never began does not hold up others.
    const paused = runs.find(({ state, seconds }) => state === 'paused' && seconds > 0)
    return paused && first?.state === 'queued' ? paused : undefined
  }

  #set(changes: Partial<TrainingState>): void {
    this.#state = { ...this.#state, ...changes }
    this.#parts.onState(changes)
  }

  /**
   * Reads what another tab or the worker wrote. While a run is active here, reads are delayed by `REREAD_WHILE_TRAINING_MS`:
   * it sends its own news, and reading all runs repeatedly would slow the page down.
   */
  async #reread(): Promise<void> {
    if (this.#rereading) return
    this.#rereading = true
    await this.#parts.wait(this.#state.live === undefined ? 0 : REREAD_WHILE_TRAINING_MS)
    this.#rereading = false
    await this.#load()
    await this.#parts.wait(HEAD_START_MS)
    await this.#work()
  }

  async #load(): Promise<void> {
    try {
      const { records, unreadable } = await readRuns(this.#parts.database)
      const { live, runs: before } = this.#state
      // Another tab may have deleted the active run.
      if (live && !records.some(({ id }) => id === live.id)) {
        await this.#active?.abandon(async () => undefined)
      }
      const shown = before?.find(({ id }) => id === live?.id)
      this.#set({
        // The page knows more about the active run than its record does.
        runs: records.map((run) =>
          run.id === shown?.id ? { ...run, curves: shown.curves, seconds: shown.seconds } : run,
        ),
        unread: unreadable > 0 ? this.#parts.unreadable(unreadable) : undefined,
      })
    } catch (error) {
      this.#set({ unread: messageOf(error) })
    }
  }

  /** Trains the pending runs one after another, unless another tab is training. */
  async #work(): Promise<void> {
    if (this.#working) return
    this.#working = true
    try {
      // A paused run may be held by another tab, which alone can resume or stop it.
      if (this.#next() === undefined && !this.#hasPaused()) return
      const claim = await claimTraining(this.#parts.locks)
      if (claim === undefined) return this.#waitForTurn()
      await this.#trainAll(claim)
    } finally {
      this.#working = false
    }
    // A run may have been added while the claim was released.
    if (this.#next() !== undefined && !this.#state.elsewhere) await this.#work()
  }

  async #trainAll(claim: Claim): Promise<void> {
    try {
      for (let run = this.#next(); run !== undefined; run = this.#next()) {
        this.#resumed.delete(run.id)
        await this.#train(run)
        await this.measure()
        await this.#load()
        const isStuck = this.#next()?.id === run.id && !this.#resumed.has(run.id)
        if (isStuck) this.#stuck.add(run.id)
      }
    } finally {
      claim.release()
    }
  }

  async #train(run: Run): Promise<void> {
    const { connect, database, models, now } = this.#parts
    const active = new ActiveRun({
      ...{ run, database, models, connect, now },
      ...{ device: this.#deviceFor(run), stop: run.stopAsked === true },
      onLive: (live) => this.#set({ live: { ...live, paths: live.paths ?? this.#livePaths() } }),
      onRun: (change) => this.#set({ runs: this.#state.runs?.map(change) }),
      onProblem: (problem) => this.#set({ problem }),
    })
    this.#active = active
    try {
      await active.train()
    } finally {
      this.#active = undefined
      this.#set({ live: undefined })
    }
  }

  #livePaths() {
    return this.#state.live?.paths ?? []
  }

  /** Waits until the other tab is done or closed, then takes over. */
  #waitForTurn(): void {
    const { locks } = this.#parts
    if (this.#state.elsewhere || locks === undefined) return
    this.#set({ elsewhere: true })
    const takeOver = async () => {
      const claim = await awaitTraining(locks)
      claim.release()
      this.#set({ elsewhere: false })
      await this.#load()
      await this.#work()
    }
    takeOver().catch((error: unknown) => {
      this.#set({ elsewhere: false, problem: messageOf(error) })
    })
  }

  #hasPaused(): boolean {
    return this.#state.runs?.some(({ state }) => state === 'paused') ?? false
  }

  /** Returns the interrupted run, or else the one that has waited longest, unless a paused one is in front. */
  #next(): Run | undefined {
    const all = this.#state.runs ?? []
    const runs = all.filter(({ id }) => !this.#stuck.has(id))
    const interrupted = runs.findLast(({ state }) => state === 'running')
    if (interrupted !== undefined) return interrupted
    const { held } = this.#state
    if (all.some(({ id, state }) => id === held && state === 'paused')) return undefined
    return runs.findLast(({ state }) => state === 'queued')
  }

  /** Returns the device requested in the address, or else the last one of the run, which resumes exactly. */
  #deviceFor({ devices }: Run): DeviceChoice {
    const asked = this.#parts.askedDevice()
    if (asked !== undefined) return asked
    return devices.at(-1)?.kind ?? 'auto'
  }

  /** Ends the active run at once; its last checkpoint stays as it is. */
  async #abandon(id: string): Promise<void> {
    await this.#active?.abandon(() => this.#setState(id, UNFINISHED, 'stopped'))
  }

  #isLive(id: string): boolean {
    return this.#state.live?.id === id
  }

  #runOf(id: string): Run {
    const run = this.#state.runs?.find((each) => each.id === id)
    if (run !== undefined) return run
    throw new Error('This run is no longer saved in this browser: reload the page.')
  }

  /** Changes the state of a run that is in one of `from`; an earlier request to stop it is dropped. */
  async #setState(id: string, from: readonly RunState[], to: RunState): Promise<void> {
    const endedAt = to === 'stopped' ? this.#parts.now().toISOString() : undefined
    await this.#change(id, from, ({ endedAt: _, stopAsked: __, ...run }) => ({
      ...run,
      state: to,
      ...(endedAt !== undefined && { endedAt }),
    }))
  }

  /** Records that a run should only return the model of its last checkpoint, and sets its state if one is given. */
  async #askToStop(id: string, state?: RunState): Promise<void> {
    await this.#change(id, UNFINISHED, (run) => ({
      ...run,
      ...(state && { state }),
      stopAsked: true,
    }))
  }

  async #change(id: string, from: readonly RunState[], change: (run: Run) => Run): Promise<void> {
    await this.#tried(() =>
      changeRun(this.#parts.database, id, (run) =>
        from.includes(run.state) ? change(run) : undefined,
      ),
    )
    await this.#load()
  }

  /** Runs an action of the user and clears the previous problem; if the action rejects, its error is the problem. */
  async #tried(work: () => Promise<unknown>): Promise<void> {
    if (this.#state.problem !== undefined) this.#set({ problem: undefined })
    try {
      await work()
    } catch (error) {
      this.#set({ problem: messageOf(error) })
    }
  }
}

/** Returns whether any run is waiting or under way, or was when this browser was last closed. */
export function hasPendingRuns(runs: readonly Run[] | undefined): boolean {
  return runs?.some(({ state }) => PENDING.includes(state)) ?? false
}
