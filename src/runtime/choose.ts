/** Device selection by benchmark: the fastest available device, with a human-readable reason. */
import type { Device, DeviceKind, Feeds, Outputs } from './device.ts'
import { isOnDevice } from './outputs.ts'

/** A device that may be available. */
export interface DeviceCandidate {
  readonly kind: DeviceKind
  /** Opens the device; rejects with a one-sentence reason if it is not available. */
  open(): Promise<Device>
}

/** A benchmark graph, representative of the work, that runs on every candidate with all outputs read. */
export interface Calibration {
  readonly model: Uint8Array
  readonly feeds: Feeds
  /** Number of times the graph runs per round of the work, 1 by default. */
  readonly times?: number
}

/** Timed runs per graph, after one untimed warm-up run. */
const REPEATS = 3

/** One candidate's result: its time, or the reason it has none. */
type Trial = { readonly kind: DeviceKind; readonly name: string } & (
  | { readonly milliseconds: number }
  | { readonly problem: string }
)

export interface Choice {
  readonly device: Device
  /** One sentence: "WebGPU (…): 4.1 ms per run; WebAssembly, 2 threads: 96.0 ms per run." */
  readonly reason: string
  readonly trials: readonly Trial[]
}

/**
 * Opens the candidates in turn, benchmarks the work on each, keeps open the one with the fastest round
 * and closes the others. The first that works provides the reference outputs, so a CPU device should
 * come first. A device whose outputs differ from them is not used, nor is an emulated GPU if an earlier
 * candidate works. Rejects if no candidate works.
 *
 * @param clock time in milliseconds, from any origin.
 */
export async function chooseDevice(
  candidates: readonly DeviceCandidate[],
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

/** Describes all trials in one sentence, fastest first, those without a time last. */
function describeTrials(trials: readonly Trial[]): string {
  const time = (trial: Trial) =>
    'milliseconds' in trial ? trial.milliseconds : Number.POSITIVE_INFINITY
  const told = [...trials]
    .sort((a, b) => time(a) - time(b) || 0)
    .map((trial) => {
      if ('problem' in trial) return `${trial.name}: ${trial.problem}`
      return `${trial.name}: ${trial.milliseconds.toFixed(1)} ms per run`
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
    throw new Error('emulated on the CPU, so not tried')
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
    if (other !== undefined) throw new Error(`gives different results for "${other}"`)
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

/**
 * Returns the name of the first output that differs by more than rounding explains (1e-4 plus 1 % of
 * the largest absolute value), if any.
 */
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
