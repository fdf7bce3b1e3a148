/** Worker side of trainings: opens models and device, trains, and stores the record and the results. */

import { finished } from '../../alignment/index.ts'
import type { ImportedModel } from '../../network/index.ts'
import type { Store } from '../../procedure/store.ts'
import {
  PARTS,
  runTraining,
  type TrainingKind,
  TrainingProblem,
  type TrainingReport,
  type TrainingResult,
} from '../../procedure/training/index.ts'
import type { Device } from '../../runtime/index.ts'
import {
  changeRun,
  type LabDatabase,
  type Run,
  type RunDevice,
  readRunData,
  runStore,
  StorageError,
} from '../../storage/index.ts'
import type { PlayerPool } from '../players/pool.ts'
import type { DeviceChoice } from '../worker/choices.ts'
import { DeviceError, messageOf } from '../worker/errors.ts'
import { withDevice } from './active-run.ts'
import { TrainingControl } from './control.ts'
import { TrainingLog } from './log.ts'
import type { ModelFinder } from './models.ts'
import type { TrainingNews, TrainingOrder, TrainingWorker } from './protocol.ts'
import { fail, keepResult } from './result.ts'
import { NewsThrottle } from './throttle.ts'

/** Interval in milliseconds between writes of the record, besides the write before each checkpoint. */
const RECORD_EVERY = 5000

const FULL =
  'The browser could not save the last checkpoint because its disk is full. Training continues; free some space, because closing this page would now lose more progress.'

/** Returns the notice that the database refused a write. */
function refusal(error: StorageError): string {
  if (error.problem === 'full') return FULL
  return `${error.message} Training continues, but closing this page would now lose its latest progress.`
}

type Send = (news: TrainingNews) => void

export interface TrainingHostOptions {
  readonly database: LabDatabase
  /** Returns a finder of models by digest; `folder` is the URL of the shipped models. */
  findModels(folder: string): Pick<ModelFinder, 'policy' | 'reward'>
  openDevice(choice: DeviceChoice, kind: TrainingKind, policy: ImportedModel): Promise<Device>
  /** Workers that play for the trainings; without them, a training plays on its device. */
  readonly players?: Pick<PlayerPool, 'openOn' | 'end'> | undefined
  /** Returns the time in milliseconds from an arbitrary origin. */
  clock(): number
  now(): Date
}

/** Returns the training worker's calls without the worker: tests pass any device and database. */
export function createTrainingHost(options: TrainingHostOptions): TrainingWorker {
  let control = new TrainingControl()
  return {
    train(order, onNews) {
      control = new TrainingControl()
      if (order.stop) control.stop()
      return trainRun(options, order, control, onNews)
    },
    pause: async () => control.pause(),
    resume: async () => control.resume(),
    stop: async () => control.stop(),
  }
}

/** See `TrainingWorker.train`. */
async function trainRun(
  options: TrainingHostOptions,
  order: TrainingOrder,
  control: TrainingControl,
  send: Send,
): Promise<void> {
  const { database } = options
  const found = await changeRun(database, order.id, ({ endedAt: _, problem: __, ...run }) => ({
    ...run,
    state: 'running',
  }))
  if (found === undefined)
    throw new Error('The run is no longer saved in this browser: start it again.')
  let device: Device | undefined
  try {
    const models = await openModels(options, order, found)
    device = await options.openDevice(order.device, found.plan.kind, models.start)
    const used = recorded(device, options.players)
    const run = await changeRun(database, order.id, (kept) => onDevice(kept, used))
    const session = new Session(options, run ?? found, models, device, control, send)
    const result = await session.train()
    await keepResult(options, session.log, order.id, result)
  } catch (error) {
    if (error instanceof DeviceError) throw error
    if (device?.kind === 'webgpu' && !isDeviceIndependent(error))
      throw new DeviceError(messageOf(error))
    await fail(options, order.id, error)
  } finally {
    options.players?.end()
    await device?.close().catch(() => undefined)
  }
}

/** Returns whether an error would occur on any other device too. */
function isDeviceIndependent(error: unknown): boolean {
  return [TrainingProblem, StorageError].some((kind) => error instanceof kind)
}

/** Returns the record of a run that starts on a device, or resumes there. */
function onDevice(run: Run, device: RunDevice): Run {
  const devices = withDevice(run.devices, device)
  return { ...run, devices, resumes: run.resumes + (run.seconds > 0 ? 1 : 0) }
}

/** Returns the record of a device. Workers play on the CPU, whatever device learns. */
function recorded({ kind, name }: Device, players: TrainingHostOptions['players']): RunDevice {
  if (kind !== 'webgpu') return { kind: 'wasm', name }
  return { kind, name: players === undefined ? name : `${name}, playing on the CPU` }
}

interface Models {
  readonly start: ImportedModel
  readonly reward: ImportedModel | undefined
}

async function openModels(
  { findModels }: TrainingHostOptions,
  { models }: TrainingOrder,
  { plan }: Run,
): Promise<Models> {
  const finder = findModels(models)
  const start = await finder.policy(plan.start)
  return { start, reward: 'reward' in plan ? await finder.reward(plan.reward) : undefined }
}

class Session {
  readonly log: TrainingLog
  readonly #options: TrainingHostOptions
  readonly #run: Run
  readonly #models: Models
  readonly #device: Device
  readonly #control: TrainingControl
  readonly #news: NewsThrottle
  #recorded: number
  /** Notice that the database refused a write; it is withdrawn once a checkpoint is saved. */
  #refusal: string | undefined

  constructor(
    options: TrainingHostOptions,
    run: Run,
    models: Models,
    device: Device,
    control: TrainingControl,
    send: Send,
  ) {
    const { clock } = options
    this.#options = options
    this.#run = run
    this.#models = models
    this.#device = device
    this.#control = control
    this.#recorded = clock()
    this.log = new TrainingLog({ run, parameters: models.start.layout.count, clock })
    this.log.device = recorded(device, options.players)
    const news = () => this.log.news(control.phase)
    this.#news = new NewsThrottle(news, send, clock)
    control.onChange(() => this.#news.flush())
  }

  async train(): Promise<TrainingResult> {
    const { database } = this.#options
    const kept = runStore(database, this.#run.id)
    const write: Store['write'] = async (name, bytes) => {
      // The record goes first: a worker that ends in between would otherwise resume at a checkpoint whose
      // curve points were never stored.
      await this.#record('running')
      await kept.write(name, bytes)
      if (this.log.notice === this.#refusal) this.#note(undefined)
    }
    const store = tolerantStore({ ...kept, write }, (error) => this.#noteRefusal(error))
    const training = runTraining({
      plan: this.#run.plan,
      start: this.#models.start,
      reward: this.#models.reward,
      data: await readRunData(database, this.#run.id),
      device: this.#device,
      openPlayer: this.#options.players?.openOn(this.#device),
      store,
      control: {
        stop: () => this.#control.isStopping,
        checkpoint: () => this.#control.isPausing,
      },
    })
    try {
      return await finished(training, (report) => this.#handle(report))
    } finally {
      this.log.tick()
      this.#news.flush()
      this.#news.cancel()
    }
  }

  async #handle(report: TrainingReport): Promise<void> {
    this.log.take(report)
    this.#news.schedule()
    if (this.#options.clock() - this.#recorded > RECORD_EVERY) await this.#record('running')
    if (this.#control.isPausing && canPauseAfter(report)) await this.#hold()
  }

  async #hold(): Promise<void> {
    this.log.tick()
    await this.#record('paused')
    // The training may have been resumed while the record was written.
    if (this.#control.isPausing) await this.#control.hold()
    await this.#record('running')
    this.log.skip()
  }

  async #record(state: Run['state']): Promise<void> {
    this.#recorded = this.#options.clock()
    const { record } = this.log
    try {
      const { database } = this.#options
      const saved = await changeRun(database, this.#run.id, (run) => ({ ...run, ...record, state }))
      // Nothing could be kept, and files of a run without a record would never be removed.
      if (saved === undefined) throw new TrainingProblem('The run was deleted in another tab')
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      this.#noteRefusal(error)
    }
  }

  #noteRefusal(error: StorageError): void {
    this.#refusal = refusal(error)
    this.#note(this.#refusal)
  }

  #note(notice: string | undefined): void {
    if (this.log.notice === notice) return
    this.log.notice = notice
    this.#news.flush()
  }
}

/** Returns whether a pause can begin after this report: parts that pause at checkpoints wait for one. */
function canPauseAfter(report: TrainingReport): boolean {
  if (report.kind === 'checkpoint') return true
  return report.kind === 'progress' && !PARTS[report.part].pausesAtCheckpoints
}

/**
 * Wraps a store so that writes which the browser refuses are reported to `onRefused` instead of thrown:
 * a training continues without a checkpoint rather than not at all.
 */
function tolerantStore(store: Store, onRefused: (error: StorageError) => void): Store {
  return {
    ...store,
    async write(name, bytes) {
      try {
        await store.write(name, bytes)
      } catch (error) {
        if (!(error instanceof StorageError)) throw error
        onRefused(error)
      }
    },
  }
}
