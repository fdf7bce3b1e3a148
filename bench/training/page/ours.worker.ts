import { expose } from 'comlink'
import { createWasmDevice, createWebGpuDevice } from '../../../src/runtime-web/index.ts'
import { playTimed } from '../../rollouts/workload.ts'
import { createTrainer, train } from '../workload.ts'

// As in the lab, graphs run in a worker: a page's main thread may not wait for others.

export type WebKind = 'wasm' | 'webgpu'

const clock = () => performance.now()
const opened = new Map<WebKind, ReturnType<typeof open>>()

async function open(kind: WebKind) {
  // On WebGPU nothing may fall back to the processor, or it would be that which is timed.
  const device = await (kind === 'wasm'
    ? createWasmDevice()
    : createWebGpuDevice({ noFallback: true }))
  return { device, trainer: await createTrainer(device, clock) }
}

function on(kind: WebKind) {
  const found = opened.get(kind) ?? open(kind)
  opened.set(kind, found)
  return found
}

const bench = {
  /** What it runs on, and whether that is a GPU played by the processor. */
  async describe(kind: WebKind) {
    const { name, emulated } = (await on(kind)).device
    return { name, emulated }
  },
  async train(kind: WebKind, steps: number) {
    return train((await on(kind)).trainer, steps)
  },
  /** Plays on so many islands, see ../rollouts. */
  async play(kind: WebKind, islands: number) {
    return playTimed((await on(kind)).device, islands, clock)
  },
}

export type OurBench = typeof bench

expose(bench)
