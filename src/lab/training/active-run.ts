/** Page side of the active run: its worker, and the worker's reports. */
import { partsOf } from '../../procedure/training/index.ts'
import { changeRun, type LabDatabase, type Run, type RunDevice } from '../../storage/index.ts'
import type { DeviceChoice } from '../worker/choices.ts'
import { messageOf, problemKind } from '../worker/errors.ts'
import type { TrainingConnection } from './connect.ts'
import { withPoints } from './curves.ts'
import type { TrainingNews } from './protocol.ts'
import type { LiveRun } from './queue-state.ts'

export interface ActiveRunOptions {
  readonly run: Run
  readonly database: LabDatabase
  /** URL of the folder with the shipped models, with a trailing slash. */
  readonly models: string
  readonly device: DeviceChoice
  /** Whether the run only returns the model of its last checkpoint. */
  readonly stop: boolean
  connect(): TrainingConnection
  now(): Date
  /** Called with the state of the run; paths are undefined if they have not changed. */
  onLive(live: Omit<LiveRun, 'paths'> & { readonly paths: LiveRun['paths'] | undefined }): void
  /** Called with a function that updates this run in a list; it returns other runs unchanged. */
  onRun(change: (run: Run) => Run): void
  /** Called with an error that could not be written to the record. */
  onProblem(problem: string): void
}

export class ActiveRun {
  readonly #options: ActiveRunOptions
  #connection: TrainingConnection | undefined
  /** Latest request, which also holds for the worker that takes over after a device failed. */
  #requested: 'pause' | 'stop' | undefined
  /** Seconds trained so far. */
  #seconds: number
  #giveUp: () => void = () => undefined

  constructor(options: ActiveRunOptions) {
    this.#options = options
    this.#seconds = options.run.seconds
    this.#requested = options.stop ? 'stop' : undefined
  }

  async pause(): Promise<void> {
    this.#requested ??= 'pause'
    await this.#connection?.worker.pause()
  }

  async resume(): Promise<void> {
    if (this.#requested === 'pause') this.#requested = undefined
    await this.#connection?.worker.resume()
  }

  /** Ends the run with the model that it has trained so far. */
  async stop(): Promise<void> {
    this.#requested = 'stop'
    await this.#connection?.worker.stop()
  }

  /**
   * Trains the run to its end, falling back to the WASM backend if the device fails. Resolves when the
   * record holds the outcome, or when the run was abandoned; never rejects.
   */
  async train(): Promise<void> {
    const abandoned = new Promise<void>((resolve) => {
      this.#giveUp = resolve
    })
    this.#open()
    await Promise.race([abandoned, this.#trainOnEither()])
  }

  /**
   * Ends the run at once; its last checkpoint stays as it is. `settle` writes the final state to the
   * record, once the worker no longer writes to it.
   */
  async abandon(settle: () => Promise<void>): Promise<void> {
    this.#connection?.end()
    this.#connection = undefined
    await settle()
    this.#giveUp()
  }

  async #trainOnEither(): Promise<void> {
    try {
      await this.#trainOn(this.#options.device)
    } catch (error) {
      if (problemKind(error) !== 'device') return this.#failed(messageOf(error))
      const from = this.#seconds > 0 ? ' from its last checkpoint' : ''
      const notice = `${messageOf(error)} Training continues on the CPU${from}.`
      this.#open(notice)
      try {
        await this.#trainOn('wasm', notice)
      } catch (again) {
        await this.#failed(messageOf(again))
      }
    }
  }

  async #trainOn(device: DeviceChoice, notice?: string): Promise<void> {
    const { connect, models, run } = this.#options
    const own = connect()
    this.#connection = own
    const order = { id: run.id, device, stop: this.#requested === 'stop', models }
    try {
      const trained = own.worker.train(order, (news) => {
        // News still in transit when the run was abandoned is ignored.
        if (this.#connection === own) this.#take(news, notice)
      })
      if (this.#requested === 'pause') own.worker.pause().catch(() => undefined)
      await trained
    } finally {
      // WebAssembly returns memory only when its worker ends.
      own.end()
      if (this.#connection === own) this.#connection = undefined
    }
  }

  /** Reports the run as opening, before its worker has sent any news. */
  #open(notice?: string): void {
    const { run, onLive } = this.#options
    onLive({
      id: run.id,
      parts: partsOf(run.plan),
      ...{ part: undefined, done: 0, of: 0, unit: 'updates', progress: 0, secondsLeft: undefined },
      ...{ paths: [], phase: 'opening', notice },
    })
  }

  #take(news: TrainingNews, notice: string | undefined): void {
    const { points, seconds, device, ...place } = news
    const { run, onLive, onRun } = this.#options
    this.#seconds = seconds
    onLive({ ...place, id: run.id, notice: news.notice ?? notice })
    onRun((each) =>
      each.id === run.id
        ? {
            ...each,
            seconds,
            state: news.phase === 'paused' ? 'paused' : 'running',
            devices: withDevice(each.devices, device),
            curves: withPoints(each.curves, points),
          }
        : each,
    )
  }

  async #failed(problem: string): Promise<void> {
    const { database, now, onProblem, run } = this.#options
    const endedAt = now().toISOString()
    try {
      await changeRun(database, run.id, ({ stopAsked: _, ...each }) => ({
        ...each,
        ...{ state: 'failed', endedAt, problem },
      }))
    } catch (error) {
      onProblem(`${problem} ${messageOf(error)}`)
    }
  }
}

/** Returns the devices of a run with `device` appended, unless it is undefined or the last one. */
export function withDevice(
  devices: readonly RunDevice[],
  device: RunDevice | undefined,
): RunDevice[] {
  const isNew = device !== undefined && devices.at(-1)?.name !== device.name
  return isNew ? [...devices, device] : [...devices]
}
