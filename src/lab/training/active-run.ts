/** Run under way, on the page's side: its worker, and what the worker reports. */
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
  /** URL of the folder with the shipped models, with a slash at its end. */
  readonly models: string
  readonly device: DeviceChoice
  /** Whether it only returns what its last checkpoint holds. */
  readonly stop: boolean
  connect(): TrainingConnection
  now(): Date
  /** Called with the state of the run; paths are undefined where they have not changed. */
  onLive(live: Omit<LiveRun, 'paths'> & { readonly paths: LiveRun['paths'] | undefined }): void
  /** Called with the function that brings a list of runs up to date. */
  onRun(change: (run: Run) => Run): void
  /** Called with an error that the record could not hold. */
  onProblem(problem: string): void
}

export class ActiveRun {
  readonly #options: ActiveRunOptions
  #connection: TrainingConnection | undefined
  #giveUp: () => void = () => undefined

  constructor(options: ActiveRunOptions) {
    this.#options = options
  }

  /** Worker of the run; undefined where there is none. */
  get worker(): TrainingConnection['worker'] | undefined {
    return this.#connection?.worker
  }

  /**
   * Trains the run to its end, on the CPU where another device fails. Resolves when its record says
   * how it ended, or when it was abandoned; never rejects.
   */
  async train(): Promise<void> {
    const abandoned = new Promise<void>((resolve) => {
      this.#giveUp = resolve
    })
    this.#open()
    await Promise.race([abandoned, this.#trainOnEither()])
  }

  /**
   * Ends the run at once; its last checkpoint stays as it is. `settle` writes into its record what is
   * to become of it, once the worker no longer does.
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
      const notice = `${messageOf(error)} The training goes on at its last checkpoint on the CPU.`
      this.#open(notice)
      try {
        await this.#trainOn('wasm', notice)
      } catch (again) {
        await this.#failed(messageOf(again))
      }
    }
  }

  async #trainOn(device: DeviceChoice, notice?: string): Promise<void> {
    const { connect, models, run, stop } = this.#options
    const own = connect()
    this.#connection = own
    try {
      await own.worker.train({ id: run.id, device, stop, models }, (news) => {
        // News that was on its way when the run was abandoned says nothing any more.
        if (this.#connection === own) this.#take(news, notice)
      })
    } finally {
      // WebAssembly returns memory only when its worker ends.
      own.end()
      if (this.#connection === own) this.#connection = undefined
    }
  }

  /** Shows the run before anything is known of it. */
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
      await changeRun(database, run.id, (each) => ({ ...each, state: 'failed', endedAt, problem }))
    } catch (error) {
      onProblem(`${problem} ${messageOf(error)}`)
    }
  }
}

/** Returns the devices of a run that is under way on `device`, if that is known yet. */
export function withDevice(
  devices: readonly RunDevice[],
  device: RunDevice | undefined,
): RunDevice[] {
  const isNew = device !== undefined && devices.at(-1)?.name !== device.name
  return isNew ? [...devices, device] : [...devices]
}
