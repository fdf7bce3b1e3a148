/** One run under way on the page's side: its worker, and what comes from it into the store. */
import { connectTrainingWorker, type TrainingConnection } from '../../lab/connect-training.ts'
import { messageOf, problemKind } from '../../lab/errors.ts'
import type { DeviceChoice } from '../../lab/protocol.ts'
import { withPoints } from '../../lab/training-curves.ts'
import type { TrainingNews } from '../../lab/training-protocol.ts'
import { partsOf } from '../../procedure/training/index.ts'
import { changeRun, type Run } from '../../storage/index.ts'
import { labDatabase } from '../data/database.ts'
import { addressOf } from '../data/site.ts'
import { useTraining } from '../stores/training.ts'

let connection: TrainingConnection | undefined

/** The worker of the run under way; undefined where there is none. */
export function currentWorker(): TrainingConnection['worker'] | undefined {
  return connection?.worker
}

/**
 * Ends the run under way at once, with its last checkpoint as it is. `settle` writes into its record
 * what is to become of it, when the worker no longer does.
 */
export async function abandon(settle: () => Promise<void>): Promise<void> {
  connection?.end()
  connection = undefined
  await settle()
  giveUp()
}
let giveUp: () => void = () => undefined

export interface Conducting {
  readonly device: DeviceChoice
  /** Whether it is only to give what there is at its last checkpoint. */
  readonly stop: boolean
}

/**
 * Trains a run to its end, on the processor where another device fails. Resolves when its record says
 * how it ended, or when it was abandoned; never rejects.
 */
export async function conduct(run: Run, { device, stop }: Conducting): Promise<void> {
  const abandoned = new Promise<void>((resolve) => {
    giveUp = resolve
  })
  addEventListener('beforeunload', askBeforeLeaving)
  show(run)
  try {
    await Promise.race([abandoned, trainOn(run, device, stop)])
  } finally {
    removeEventListener('beforeunload', askBeforeLeaving)
    useTraining.setState({ live: undefined })
  }
}

async function trainOn(run: Run, device: DeviceChoice, stop: boolean): Promise<void> {
  try {
    await train(run, device, stop)
  } catch (error) {
    if (problemKind(error) !== 'device') return failed(run.id, messageOf(error))
    const trouble = `${messageOf(error)} The training goes on at its last checkpoint on the processor.`
    show(run, trouble)
    try {
      await train(run, 'wasm', stop, trouble)
    } catch (again) {
      await failed(run.id, messageOf(again))
    }
  }
}

async function train(run: Run, device: DeviceChoice, stop: boolean, notice?: string) {
  const own = connectTrainingWorker()
  connection = own
  try {
    await own.worker.train({ id: run.id, device, stop, models: addressOf('') }, (news) =>
      take(run.id, news, notice),
    )
  } finally {
    // What WebAssembly once took of the memory only ends with its worker.
    own.end()
    if (connection === own) connection = undefined
  }
}

/** A run of which nothing is known yet. */
function show(run: Run, notice?: string): void {
  useTraining.setState({
    live: {
      id: run.id,
      parts: partsOf(run.plan),
      ...{ part: undefined, done: 0, of: 0, unit: 'updates', secondsLeft: undefined },
      ...{ paths: [], phase: 'opening', notice },
    },
  })
}

function take(id: string, news: TrainingNews, notice: string | undefined): void {
  const { points, seconds, paths, device, ...place } = news
  useTraining.setState(({ live, runs }) => {
    if (live?.id !== id) return {}
    return {
      live: { id, ...place, paths: paths ?? live.paths, notice: news.notice ?? notice },
      runs: runs?.map((run) =>
        run.id === id
          ? {
              ...run,
              seconds,
              state: news.phase === 'paused' ? 'paused' : 'running',
              devices: run.devices.at(-1) === device ? run.devices : [...run.devices, device],
              curves: withPoints(run.curves, points),
            }
          : run,
      ),
    }
  })
}

async function failed(id: string, problem: string): Promise<void> {
  const endedAt = new Date().toISOString()
  try {
    const database = await labDatabase()
    await changeRun(database, id, (run) => ({ ...run, state: 'failed', endedAt, problem }))
  } catch (error) {
    useTraining.setState({ problem: `${problem} ${messageOf(error)}` })
  }
}

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  // What is held has its checkpoint.
  if (useTraining.getState().live?.phase !== 'paused') event.preventDefault()
}
