/** One training after another, in one tab: takes up what was cut short and what waits. */
import { messageOf } from '../../lab/errors.ts'
import type { DeviceChoice } from '../../lab/protocol.ts'
import { readSlowness } from '../../lab/training-speed.ts'
import {
  awaitTraining,
  type Claim,
  claimTraining,
  type Run,
  type RunState,
  readRuns,
} from '../../storage/index.ts'
import { labDatabase } from '../data/database.ts'
import { unreadableSentence } from '../sentences.ts'
import { useRoute } from '../stores/route.ts'
import { useTraining } from '../stores/training.ts'
import { conduct } from './conduct.ts'
import { noteUnderWay } from './under-way.ts'

/** States in which a run wants to be trained. */
const WANTING: readonly RunState[] = ['running', 'queued']

/** Milliseconds between two readings of the runs while one is under way in this tab. */
const CALM = 20_000

/** Milliseconds for which a run is left to the tab in which it was made. */
const COURTESY = 1000

let opened: Promise<void> | undefined
let isHearing = false
let working = false
/** How many times slower than the reference machine this one is, if that is known. */
export const machine: { slowness: number | undefined } = { slowness: undefined }
/** Runs that are only taken up to give what there is. */
export const stopping = new Set<string>()
/** Runs whose record could not be brought up to date: they are not taken up again by themselves. */
export const stuck = new Set<string>()

/** Reads the runs, listens to what other tabs do, and goes on with what was cut short. */
export function openTrainings(): Promise<void> {
  opened ??= open()
  return opened
}

async function open(): Promise<void> {
  await tried(async () => {
    const database = await labDatabase()
    database.onChange((stores, from) => {
      if (from === 'another tab' && stores.includes('runs')) hear()
    })
  })
  await measure()
  await load()
  void work()
}

/** Reads how fast this machine was found to be. */
export async function measure(): Promise<void> {
  const found = await tried(async () => readSlowness(await labDatabase()))
  machine.slowness = found ?? machine.slowness
}

/**
 * Reads what another tab or the worker wrote. While a run is under way here its news come by
 * themselves, and reading all runs again and again would be felt.
 */
function hear(): void {
  const wait = useTraining.getState().live === undefined ? 0 : CALM
  if (isHearing) return
  isHearing = true
  setTimeout(() => {
    isHearing = false
    void load().then(() => setTimeout(() => void work(), COURTESY))
  }, wait)
}

/** Reads all runs into the store. */
export async function load(): Promise<void> {
  await tried(async () => {
    const { records, unreadable } = await readRuns(await labDatabase())
    const { live, runs: before } = useTraining.getState()
    const shown = before?.find(({ id }) => id === live?.id)
    useTraining.setState({
      // Of the run under way the page knows more than what was last written down.
      runs: records.map((run) =>
        run.id === shown?.id ? { ...run, curves: shown.curves, seconds: shown.seconds } : run,
      ),
      ...(unreadable > 0 && { problem: unreadableSentence(unreadable, 'run') }),
    })
    noteUnderWay(records.some(({ state }) => WANTING.includes(state)))
  })
}

/** Trains what is to be trained, one after another, where no other tab does. */
export async function work(): Promise<void> {
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
      await measure()
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
  const { params } = useRoute.getState()
  const asked = params.get('device') ?? new URLSearchParams(location.search).get('device')
  if (asked === 'wasm' || asked === 'webgpu') return asked
  const before = devices.at(-1)
  if (before === undefined) return 'auto'
  return before.startsWith('WebGPU') ? 'webgpu' : 'wasm'
}

/** Does what needs the database; what it refuses is told, and undefined comes back. */
export async function tried<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    useTraining.setState({ problem: messageOf(error) })
    return undefined
  }
}
