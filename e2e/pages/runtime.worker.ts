import { expose } from 'comlink'
import { digestsOf, type Episode } from '../../src/island/index.ts'
import type { Device } from '../../src/runtime/index.ts'
import { chooseDevice } from '../../src/runtime/index.ts'
import { createWasmDevice, createWebGpuDevice, webCandidates } from '../../src/runtime-web/index.ts'
import { countGpuWork } from './gpu-work.ts'
import { act, decideOnce, train } from './jobs.ts'
import { type ModelRun, runModel } from './plain.ts'

// Graphs run in a worker, as in the lab.

export type WebKind = 'wasm' | 'webgpu'

/** Counts from before any device is opened. */
const gpuWork = 'GPUQueue' in globalThis ? countGpuWork() : undefined

const devices = new Map<WebKind, Promise<Device>>()

/** Returns the single device of its kind; on WebGPU, no operator may fall back to the CPU. */
function open(kind: WebKind): Promise<Device> {
  const device =
    devices.get(kind) ??
    (kind === 'wasm' ? createWasmDevice() : createWebGpuDevice({ noFallback: true }))
  devices.set(kind, device)
  return device
}

const harness = {
  describe: async (kind: WebKind) => {
    const { name, emulated, maxTensorBytes, heldTensors } = await open(kind)
    return { name, emulated, maxTensorBytes, heldTensors }
  },
  runModel: async (kind: WebKind, run: ModelRun) => runModel(await open(kind), run),
  train: async (kind: WebKind, steps: number) => train(await open(kind), steps),
  act: async (kind: WebKind, decisions: number) => act(await open(kind), decisions),
  /** Returns what one decision of a `small` policy asks of the GPU. */
  gpuWork: async (islands: number, parameters: 'fixed' | 'trained') => {
    if (gpuWork === undefined) throw new Error('Found no WebGPU, expected a browser that has it')
    await decideOnce(await open('webgpu'), islands, parameters, () => gpuWork.take())
    return gpuWork.take()
  },
  /** Returns digests of an episode's states and pixels, computed in this engine. */
  digests: (episode: Episode) => digestsOf(episode),
  /** Waits until the device is lost, then returns the reason and the error of a subsequent call. */
  afterLoss: async (kind: WebKind) => {
    const device = await open(kind)
    const lost = await device.lost
    const refused = await device.load(new Uint8Array()).catch((error: unknown) => String(error))
    return { lost, refused }
  },
  choose: async (model: readonly number[]) => {
    const work = [{ model: Uint8Array.from(model), feeds: {} }]
    const { device, reason } = await chooseDevice(webCandidates(), work, () => performance.now())
    await device.close()
    return { kind: device.kind, reason }
  },
}

export type Harness = typeof harness

expose(harness)
