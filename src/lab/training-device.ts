/** What a training runs on: the device that the address names, or the faster one on a real update. */
import { emptyBatch, imitationFeeds, imitationGradientGraph } from '../alignment/index.ts'
import { encodeModel } from '../graph/index.ts'
import type { PolicyParameters } from '../procedure/play.ts'
import { type Calibration, chooseDevice, type Device, float32 } from '../runtime/index.ts'
import { createWasmDevice, createWebGpuDevice } from '../runtime-web/index.ts'
import { DeviceError, messageOf } from './errors.ts'
import type { DeviceChoice } from './protocol.ts'

/** Beyond this the threads wait for one another. */
const MOST_THREADS = 8

/** A batch of the calibration: a real update, only small. */
const SHAPE = { clips: 2, length: 64 }

/** Throws `DeviceError` where there is none. `clock` is in milliseconds. */
export async function openTrainingDevice(
  choice: DeviceChoice,
  policy: PolicyParameters,
  clock: () => number,
): Promise<Device> {
  const wasm = () => createWasmDevice({ threads: threads() })
  try {
    if (choice === 'wasm') return await wasm()
    if (choice === 'webgpu') return await createWebGpuDevice()
    const candidates = [
      { kind: 'wasm', open: wasm },
      { kind: 'webgpu', open: () => createWebGpuDevice() },
    ] as const
    return (await chooseDevice(candidates, oneUpdate(policy), clock)).device
  } catch (error) {
    throw new DeviceError(messageOf(error))
  }
}

/** One core is the page's where there are more than two: what is drawn must not wait. */
function threads(): number {
  const cores = navigator.hardwareConcurrency
  return cores > 2 ? Math.min(MOST_THREADS, cores - 1) : cores
}

function oneUpdate({ layout, parameters }: PolicyParameters): Calibration {
  const batch = emptyBatch(SHAPE.clips, SHAPE.length)
  batch.frames.fill(128)
  batch.weights.fill(1)
  return {
    model: encodeModel(imitationGradientGraph(layout, SHAPE)),
    feeds: {
      ...imitationFeeds(batch),
      theta: float32([layout.count], parameters),
      accumulator: float32([layout.count]),
    },
  }
}
