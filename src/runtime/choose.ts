/** Which of the devices at hand runs a graph fastest, found by trying, with a reason for people. */
import type { Device, DeviceKind, Feeds, Outputs } from './device.ts'
import { isOnDevice } from './outputs.ts'

/** A device that may be there. */
export interface Candidate {
  readonly kind: DeviceKind
  /** Throws a sentence where it is not. */
  open(): Promise<Device>
}

/** What is run on every candidate: a graph like those that will be run, with all outputs read. */
export interface Calibration {
  readonly model: Uint8Array
  readonly feeds: Feeds
  /** How often it runs in a round of the work that the device is wanted for; once if left out. */
  readonly times?: number
}

/** Runs of each graph that are timed, after one that is not. */
const REPEATS = 3

/** How one candidate did: a time, or what kept it from getting one. */
export type Trial = { readonly kind: DeviceKind; readonly name: string } & (
  | { readonly milliseconds: number }
  | { readonly problem: string }
)

export interface Choice {
  readonly device: Device
  /** A sentence: "WebGPU (…): 4.1 ms a run; WebAssembly, 2 threads: 96.0 ms a run." */
  readonly reason: string
  readonly trials: readonly Trial[]
}

/**
 * Opens the candidates in turn, runs the graphs of the work on each, keeps open the one on which a round
 * of them is fastest and closes the others. The first that works is what the others' numbers are held
 * against, so a processor should come first; a GPU that computes something else, or is emulated, is
 * not taken.
 *
 * @param clock milliseconds, from any origin.
 */
export async function chooseDevice(
  candidates: readonly Candidate[],
  work: readonly Calibration[],
  clock: () => number,
): Promise<Choice> {
  const trials: Trial[] = []
  let best: { device: Device; milliseconds: number } | undefined
  let reference: readonly Outputs[] | undefined
  for (const candidate of candidates) {
    const opened = await attempt(() => candidate.open())
    if ('problem' in opened) {
      trials.push({ kind: candidate.kind, name: title(candidate.kind), ...opened })
      continue
    }
    const device = opened.value
    const tried = await attempt(() => tryOut(device, work, reference, clock))
    const { kind, name } = device
    if ('problem' in tried) {
      trials.push({ kind, name, ...tried })
      await device.close()
      continue
    }
    const { milliseconds, outputs } = tried.value
    reference ??= outputs
    trials.push({ kind, name, milliseconds })
    if (best !== undefined && best.milliseconds <= milliseconds) {
      await device.close()
    } else {
      await best?.device.close()
      best = { device, milliseconds }
    }
  }
  const reason = describeTrials(trials)
  if (best === undefined) throw new Error(`No device can run graphs here. ${reason}`)
  return { device: best.device, reason, trials }
}

/** All trials in a sentence, the fastest first, those without a time last. */
export function describeTrials(trials: readonly Trial[]): string {
  const time = (trial: Trial) =>
    'milliseconds' in trial ? trial.milliseconds : Number.POSITIVE_INFINITY
  const told = [...trials]
    .sort((a, b) => time(a) - time(b) || 0)
    .map((trial) => {
      if ('problem' in trial) return `${trial.name}: ${trial.problem}`
      return `${trial.name}: ${trial.milliseconds.toFixed(1)} ms a run`
    })
  return `${told.join('; ').replace(/\.$/, '')}.`
}

async function tryOut(
  device: Device,
  work: readonly Calibration[],
  reference: readonly Outputs[] | undefined,
  clock: () => number,
): Promise<{ milliseconds: number; outputs: Outputs[] }> {
  if (device.emulated && reference !== undefined) {
    throw new Error('emulated by the processor, so not tried')
  }
  let milliseconds = 0
  const outputs: Outputs[] = []
  for (const [index, calibration] of work.entries()) {
    const tried = await timed(device, calibration, reference?.[index], clock)
    milliseconds += (calibration.times ?? 1) * tried.milliseconds
    outputs.push(tried.outputs)
  }
  return { milliseconds, outputs }
}

async function timed(
  device: Device,
  { model, feeds }: Calibration,
  reference: Outputs | undefined,
  clock: () => number,
): Promise<{ milliseconds: number; outputs: Outputs }> {
  const program = await device.load(model)
  try {
    const outputs = await program.run(feeds)
    const other = reference && firstDifference(reference, outputs)
    if (other !== undefined) throw new Error(`gives other numbers for "${other}"`)
    const times: number[] = []
    for (let run = 0; run < REPEATS; run++) {
      const start = clock()
      await program.run(feeds)
      times.push(clock() - start)
    }
    return { milliseconds: median(times), outputs }
  } finally {
    await program.release()
  }
}

/** The name of the first output that differs by more than rounding explains, if any does. */
function firstDifference(expected: Outputs, found: Outputs): string | undefined {
  return Object.keys(expected).find((name) => {
    const [left, right] = [expected[name], found[name]]
    if (left === undefined || right === undefined) return true
    if (isOnDevice(left) || isOnDevice(right)) return true
    if (left.data.length !== right.data.length) return true
    const values = Array.from(left.data, Number)
    const scale = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0)
    const others = Array.from(right.data, Number)
    // Written so that NaN counts as a difference.
    return !values.every(
      (value, index) => Math.abs(value - (others[index] ?? 0)) <= 1e-4 + 1e-2 * scale,
    )
  })
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function title(kind: DeviceKind): string {
  return { native: 'native', wasm: 'WebAssembly', webgpu: 'WebGPU' }[kind]
}

async function attempt<T>(task: () => Promise<T>): Promise<{ value: T } | { problem: string }> {
  try {
    return { value: await task() }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}
