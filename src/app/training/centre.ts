/**
 * The trainings of this browser, for any page: what `useTraining` shows, and what can be done with
 * them. One runs at a time, in one tab; the others wait in the order in which they were made.
 */
import { messageOf } from '../../lab/errors.ts'
import type { DeviceChoice } from '../../lab/protocol.ts'
import { NO_CURVES } from '../../lab/training-curves.ts'
import { referenceSeconds, totalOf } from '../../lab/training-estimate.ts'
import { readSlowness } from '../../lab/training-speed.ts'
import type { TrainingData, TrainingPlan } from '../../procedure/training/index.ts'
import {
  awaitTraining,
  type Claim,
  changeRun,
  claimTraining,
  newId,
  RUN_VERSION,
  type Run,
  type RunState,
  readRunData,
  readRuns,
  removeRun,
  renameRun,
  saveRun,
} from '../../storage/index.ts'
import { useTraining } from '../stores/training.ts'
import { labDatabase } from '../watch/database.ts'
import { abandon, conduct, currentWorker } from './conduct.ts'
import { noteUnderWay } from './under-way.ts'

/** States in which a run wants to be trained. */
const WANTING: readonly RunState[] = ['running', 'queued']

let opened: Promise<void> | undefined
let slowness: number | undefined
let working = false
/** Runs that are only taken up to give what there is. */
const stopping = new Set<string>()
/** Runs whose record could not be brought up to date: they are not taken up again by themselves. */
const stuck = new Set<string>()

/** Reads the runs, listens to what other tabs do, and goes on with what was cut short. */
export function openTrainings(): Promise<void> {
  opened ??= open()
  return opened
}

async function open(): Promise<void> {
  await tried(async () => {
    const database = await labDatabase()
    database.onChange((stores, from) => {
      if (from === 'another tab' && stores.includes('runs')) void load().then(work)
    })
    slowness = await readSlowness(database)
  })
  await load()
  void work()
}

async function load(): Promise<void> {
  await tried(async () => {
    const { records, unreadable } = await readRuns(await labDatabase())
    const { live, runs: before } = useTraining.getState()
    const shown = before?.find(({ id }) => id === live?.id)
    useTraining.setState({
      // Of the run under way the page knows more than what was last written down.
      runs: records.map((run) =>
        run.id === shown?.id ? { ...run, curves: shown.curves, seconds: shown.seconds } : run,
      ),
      ...(unreadable > 0 && { problem: unreadableSentence(unreadable) }),
    })
    noteUnderWay(records.some(({ state }) => WANTING.includes(state)))
  })
}

/** Trains what is to be trained, one after another, where no other tab does. */
async function work(): Promise<void> {
  if (working) return
  working = true
  try {
    if (nextRun() === undefined) return
    const claim = await claimTraining(navigator.locks)
    if (claim === undefined) return waitForTurn()
    await trainAll(claim)
  } finally {
    working = false
  }
  // What was added while the claim was given back.
  if (nextRun() !== undefined && !useTraining.getState().elsewhere) await work()
}

async function trainAll(claim: Claim): Promise<void> {
  try {
    for (let run = nextRun(); run !== undefined; run = nextRun()) {
      await conduct(run, { device: deviceFor(run), stop: stopping.delete(run.id) })
      slowness = await tried(async () => readSlowness(await labDatabase()))
      await load()
      if (nextRun()?.id === run.id) stuck.add(run.id)
    }
  } finally {
    claim.release()
  }
}

/** Looks on until the other tab is done or closed. */
function waitForTurn(): void {
  if (useTraining.getState().elsewhere) return
  useTraining.setState({ elsewhere: true })
  void awaitTraining(navigator.locks).then(async (claim) => {
    claim.release()
    useTraining.setState({ elsewhere: false })
    await load()
    await work()
  })
}

/** What was cut short comes first, then what has waited longest. */
function nextRun(): Run | undefined {
  const runs = (useTraining.getState().runs ?? []).filter(({ id }) => !stuck.has(id))
  return (
    runs.findLast(({ state }) => state === 'running') ??
    runs.findLast(({ state }) => state === 'queued')
  )
}

/** The device that the address names; else the one it ran on before, on which it goes on exactly. */
function deviceFor({ devices }: Run): DeviceChoice {
  const asked = new URLSearchParams(location.search).get('device')
  if (asked === 'wasm' || asked === 'webgpu') return asked
  const before = devices.at(-1)
  if (before === undefined) return 'auto'
  return before.startsWith('WebGPU') ? 'webgpu' : 'wasm'
}

/**
 * Adds a run to the queue, with what it learns from where people made it. Rejects with a sentence
 * where the browser cannot keep it.
 */
export async function enqueue(
  plan: TrainingPlan,
  name: string,
  data?: TrainingData,
  devices: readonly string[] = [],
): Promise<Run> {
  const run: Run = {
    id: newId(),
    version: RUN_VERSION,
    name: name.trim().slice(0, 200) || 'Training',
    plan,
    state: 'queued',
    createdAt: new Date().toISOString(),
    seconds: 0,
    partSeconds: {},
    devices: [...devices],
    resumes: 0,
    curves: NO_CURVES,
  }
  await saveRun(await labDatabase(), run, data)
  await load()
  void work()
  return run
}

/** The same training once more, on the device it ran on: it gives the same parameters there. */
export async function repeat(id: string): Promise<Run> {
  const run = runOf(id)
  const data = await readRunData(await labDatabase(), id)
  return enqueue(run.plan, `${run.name}, again`, data, run.devices.slice(-1))
}

/** Holds the run under way after a checkpoint; one that waits waits on. */
export async function pause(id: string): Promise<void> {
  if (isLive(id)) await currentWorker()?.pause()
  else await setState(id, ['queued'], 'paused')
}

/** Goes on with a run that was paused, or failed: at its last checkpoint. */
export async function resume(id: string): Promise<void> {
  if (isLive(id)) {
    await currentWorker()?.resume()
    return
  }
  stuck.delete(id)
  await setState(id, ['paused', 'failed'], 'queued')
  void work()
}

/** Ends a run; `keep` has it give what there is first. */
export async function stop(id: string, keep = true): Promise<void> {
  const run = runOf(id)
  if (isLive(id) && keep) {
    await currentWorker()?.stop()
  } else if (isLive(id)) {
    await abandon(() => setState(id, ['running', 'paused'], 'stopped'))
  } else if (keep && run.seconds > 0) {
    stopping.add(id)
    await setState(id, ['paused', 'queued', 'running'], 'queued')
    void work()
  } else {
    await setState(id, ['paused', 'queued', 'running'], 'stopped')
  }
}

export async function rename(id: string, name: string): Promise<void> {
  await tried(async () => renameRun(await labDatabase(), id, name))
  await load()
}

/** Forgets a run and its checkpoints, whatever it is doing; models that came out stay on the shelf. */
export async function remove(id: string): Promise<void> {
  if (isLive(id)) await abandon(() => setState(id, ['running', 'paused'], 'stopped'))
  await tried(async () => removeRun(await labDatabase(), id))
  await load()
}

/**
 * How long a plan takes on this machine, from the trainings that were made here, else from a
 * reference machine (docs/benchmarks.md). `parameters` is the size of the model it begins with.
 */
export function estimateSeconds(plan: TrainingPlan, parameters?: number): number {
  return totalOf(referenceSeconds(plan, parameters)) * (slowness ?? 1)
}

function isLive(id: string): boolean {
  return useTraining.getState().live?.id === id
}

function runOf(id: string): Run {
  const run = useTraining.getState().runs?.find((each) => each.id === id)
  if (run !== undefined) return run
  throw new Error('This run is no longer kept in this browser: reload the page.')
}

async function setState(id: string, from: readonly RunState[], to: RunState): Promise<void> {
  await tried(async () =>
    changeRun(await labDatabase(), id, (run) =>
      from.includes(run.state) ? { ...run, state: to } : undefined,
    ),
  )
  await load()
}

/** Does what needs the database; what it refuses is told, and undefined comes back. */
async function tried<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    useTraining.setState({ problem: messageOf(error) })
    return undefined
  }
}

function unreadableSentence(count: number): string {
  return `${count} ${count === 1 ? 'run' : 'runs'} in this browser cannot be read by this version of Jumppad and ${count === 1 ? 'was' : 'were'} left alone: reload the page to get the newest version.`
}
