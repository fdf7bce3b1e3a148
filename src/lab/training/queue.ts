/**
 * Trainings of this browser: one runs at a time, in one tab; the others wait in the order in which
 * they were created. What a reload or a crash cut short goes on at its last checkpoint.
 */
import {
  referenceSeconds,
  type TrainingData,
  type TrainingPlan,
} from '../../procedure/training/index.ts'
import {
  awaitTraining,
  type Claim,
  changeRun,
  claimTraining,
  type LabDatabase,
  type Locks,
  newId,
  RUN_VERSION,
  type Run,
  type RunDevice,
  type RunState,
  readRunData,
  readRuns,
  removeRun,
  renameRun,
  saveRun,
} from '../../storage/index.ts'
import type { DeviceChoice } from '../worker/choices.ts'
import { messageOf } from '../worker/errors.ts'
import { ActiveRun } from './active-run.ts'
import type { TrainingConnection } from './connect.ts'
import type { TrainingState } from './queue-state.ts'
import { readSlowness, totalOf } from './speed.ts'

/** States in which a run is to be trained. */
const PENDING: readonly RunState[] = ['running', 'queued']

/** States of runs that have not ended. */
const UNFINISHED: readonly RunState[] = ['queued', 'running', 'paused']

/** Milliseconds between two readings of the runs while one is under way in this tab. */
const CALM = 20_000

/** Milliseconds for which a run is left to the tab in which it was created. */
const COURTESY = 1000

/** Parts of the page that the queue works with. */
export interface TrainingQueueParts {
  readonly database: LabDatabase
  /** Web Locks, which keep two tabs from training at once; undefined where the browser has none. */
  readonly locks: Locks | undefined
  /** URL of the folder with the shipped models, with a slash at its end. */
  readonly models: string
  /** Starts a training worker. */
  connect(): TrainingConnection
  /** Returns the device that the address asks for, if any. */
  askedDevice(): DeviceChoice | undefined
  now(): Date
  /** Resolves after so many milliseconds. */
  wait(milliseconds: number): Promise<void>
  /** Called with the parts of the state that changed. */
  onState(changes: Partial<TrainingState>): void
  /** Called with the sentence that says how many runs cannot be read. */
  unreadable(count: number): string
}

export class TrainingQueue {
  readonly #parts: TrainingQueueParts
  #state: TrainingState = {
    runs: undefined,
    live: undefined,
    elsewhere: false,
    problem: undefined,
  }
  #opened: Promise<void> | undefined
  #rereading = false
  #working = false
  #active: ActiveRun | undefined
  /** How many times longer trainings take here than on the reference machine, if that is known. */
  #slowness: number | undefined
  /** Runs that are resumed only to return what their last checkpoint holds. */
  readonly #stopping = new Set<string>()
  /** Runs whose record could not be updated: they are not resumed by themselves. */
  readonly #stuck = new Set<string>()

  constructor(parts: TrainingQueueParts) {
    this.#parts = parts
  }

  get state(): TrainingState {
    return this.#state
  }

  /** Reads the runs, listens to other tabs, and resumes what was cut short. */
  open(): Promise<void> {
    this.#opened ??= this.#open()
    return this.#opened
  }

  /**
   * Adds a run with the data that it learns from, where people made that. Rejects with a sentence
   * where the browser cannot keep it.
   */
  async enqueue(
    plan: TrainingPlan,
    name: string,
    data?: TrainingData,
    devices: readonly RunDevice[] = [],
  ): Promise<Run> {
    const run: Run = {
      id: newId(),
      version: RUN_VERSION,
      name: this.#freeName(name.trim().slice(0, 190) || 'Training'),
      plan,
      state: 'queued',
      createdAt: this.#parts.now().toISOString(),
      seconds: 0,
      partSeconds: {},
      devices: [...devices],
      resumes: 0,
      curves: {},
    }
    await saveRun(this.#parts.database, run, data)
    await this.#load()
    void this.#work()
    return run
  }

  /** Repeats a training on the device it ran on, which gives the same parameters there. */
  async repeat(id: string): Promise<Run> {
    const run = this.#runOf(id)
    const data = await readRunData(this.#parts.database, id)
    return this.enqueue(run.plan, `${run.name}, again`, data, run.devices.slice(-1))
  }

  /** Holds the run under way after a checkpoint, or a waiting one where it is. */
  async pause(id: string): Promise<void> {
    if (this.#isLive(id)) await this.#active?.worker?.pause()
    else await this.#setState(id, ['queued'], 'paused')
  }

  /** Continues a run that was paused, or that failed, at its last checkpoint. */
  async resume(id: string): Promise<void> {
    if (this.#isLive(id)) {
      await this.#active?.worker?.resume()
      return
    }
    this.#stuck.delete(id)
    await this.#setState(id, ['paused', 'failed'], 'queued')
    void this.#work()
  }

  /** Ends a run; with `keep`, it first returns what it has learnt so far. */
  async stop(id: string, keep = true): Promise<void> {
    const run = this.#runOf(id)
    if (this.#isLive(id) && keep) {
      await this.#active?.worker?.stop()
    } else if (this.#isLive(id)) {
      await this.#abandon(id)
    } else if (keep && run.seconds > 0) {
      this.#stopping.add(id)
      await this.#setState(id, UNFINISHED, 'queued')
      void this.#work()
    } else {
      await this.#setState(id, UNFINISHED, 'stopped')
    }
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#tried(() => renameRun(this.#parts.database, id, name))
    await this.#load()
  }

  /** Deletes a run and its checkpoints, whatever its state; models that came out stay on the shelf. */
  async remove(id: string): Promise<void> {
    if (this.#isLive(id)) await this.#abandon(id)
    await this.#tried(() => removeRun(this.#parts.database, id))
    await this.#load()
  }

  /** Reads how fast this machine was found to be. */
  async measure(): Promise<void> {
    const found = await this.#tried(() => readSlowness(this.#parts.database))
    this.#slowness = found ?? this.#slowness
  }

  /**
   * Returns how many seconds a plan takes on this machine, by the trainings that ran here, or else by
   * a reference machine (docs/benchmarks.md). `parameters` is the size of the model it starts from.
   */
  estimateSeconds(plan: TrainingPlan, parameters?: number): number {
    return totalOf(referenceSeconds(plan, parameters)) * (this.#slowness ?? 1)
  }

  async #open(): Promise<void> {
    this.#parts.database.onChange((stores, from) => {
      if (from === 'another tab' && stores.includes('runs')) void this.#reread()
    })
    await this.measure()
    await this.#load()
    void this.#work()
  }

  #set(changes: Partial<TrainingState>): void {
    this.#state = { ...this.#state, ...changes }
    this.#parts.onState(changes)
  }

  /**
   * Reads what another tab or the worker wrote. The run under way here sends its own news, and reading
   * all runs again and again would be noticed.
   */
  async #reread(): Promise<void> {
    if (this.#rereading) return
    this.#rereading = true
    await this.#parts.wait(this.#state.live === undefined ? 0 : CALM)
    this.#rereading = false
    await this.#load()
    await this.#parts.wait(COURTESY)
    await this.#work()
  }

  async #load(): Promise<void> {
    await this.#tried(async () => {
      const { records, unreadable } = await readRuns(this.#parts.database)
      const { live, runs: before } = this.#state
      const shown = before?.find(({ id }) => id === live?.id)
      this.#set({
        // Of the run under way the page knows more than its record.
        runs: records.map((run) =>
          run.id === shown?.id ? { ...run, curves: shown.curves, seconds: shown.seconds } : run,
        ),
        ...(unreadable > 0 && { problem: this.#parts.unreadable(unreadable) }),
      })
    })
  }

  /** Trains the pending runs, one after another, unless another tab does. */
  async #work(): Promise<void> {
    if (this.#working) return
    this.#working = true
    try {
      if (this.#next() === undefined) return
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
        await this.#train(run)
        await this.measure()
        await this.#load()
        if (this.#next()?.id === run.id) this.#stuck.add(run.id)
      }
    } finally {
      claim.release()
    }
  }

  async #train(run: Run): Promise<void> {
    const { connect, database, models, now } = this.#parts
    const active = new ActiveRun({
      ...{ run, database, models, connect, now },
      ...{ device: this.#deviceFor(run), stop: this.#stopping.delete(run.id) },
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

  /** Watches until the other tab is done or closed. */
  #waitForTurn(): void {
    const { locks } = this.#parts
    if (this.#state.elsewhere || locks === undefined) return
    this.#set({ elsewhere: true })
    void awaitTraining(locks).then(async (claim) => {
      claim.release()
      this.#set({ elsewhere: false })
      await this.#load()
      await this.#work()
    })
  }

  /** Returns the run that was cut short, or else the one that has waited longest. */
  #next(): Run | undefined {
    const runs = (this.#state.runs ?? []).filter(({ id }) => !this.#stuck.has(id))
    return (
      runs.findLast(({ state }) => state === 'running') ??
      runs.findLast(({ state }) => state === 'queued')
    )
  }

  /** Returns the device that the address asks for, or else the one on which the run resumes exactly. */
  #deviceFor({ devices }: Run): DeviceChoice {
    const asked = this.#parts.askedDevice()
    if (asked !== undefined) return asked
    return devices.at(-1)?.kind ?? 'auto'
  }

  /** Ends the run under way at once; its last checkpoint stays as it is. */
  async #abandon(id: string): Promise<void> {
    await this.#active?.abandon(() => this.#setState(id, UNFINISHED, 'stopped'))
  }

  /** Returns a name that no run has: the second run of a name is called “… (2)”. */
  #freeName(name: string): string {
    const taken = new Set(this.#state.runs?.map((run) => run.name))
    let free = name
    for (let n = 2; taken.has(free); n++) free = `${name} (${n})`
    return free
  }

  #isLive(id: string): boolean {
    return this.#state.live?.id === id
  }

  #runOf(id: string): Run {
    const run = this.#state.runs?.find((each) => each.id === id)
    if (run !== undefined) return run
    throw new Error('This run is no longer kept in this browser: reload the page.')
  }

  async #setState(id: string, from: readonly RunState[], to: RunState): Promise<void> {
    await this.#tried(() =>
      changeRun(this.#parts.database, id, (run) =>
        from.includes(run.state) ? { ...run, state: to } : undefined,
      ),
    )
    await this.#load()
  }

  /** Does work that needs the database; a refusal becomes the state's problem and undefined. */
  async #tried<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      this.#set({ problem: messageOf(error) })
      return undefined
    }
  }
}

/** Whether any run waits or is under way, or was when this browser was last closed. */
export function hasPendingRuns(runs: readonly Run[] | undefined): boolean {
  return runs?.some(({ state }) => PENDING.includes(state)) ?? false
}
