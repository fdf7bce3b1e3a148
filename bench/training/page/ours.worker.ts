import { expose } from 'comlink'
import { createWasmDevice, createWebGpuDevice } from '../../../src/runtime-web/index.ts'
import { playTimed } from '../../rollouts/workload.ts'
import { createTrainer, train } from '../workload.ts'

// Graphs run in a worker, as in the lab, because a page's main thread must not block on other threads.

export type WebKind = 'wasm' | 'webgpu'

const clock = () => performance.now()
const opened = new Map<WebKind, ReturnType<typeof open>>()

async function open(kind: WebKind) {
  // On WebGPU, no operator may fall back to the CPU, or the benchmark would time the CPU.
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
  /** Returns the device's name, and whether it is a GPU emulated on the CPU. */
  async describe(kind: WebKind) {
    const { name, emulated } = (await on(kind)).device
    return { name, emulated }
  },
  async train(kind: WebKind, steps: number) {
    return train((await on(kind)).trainer, steps)
  },
  /** Plays on `islands` islands in lockstep, see ../rollouts. */
  async play(kind: WebKind, islands: number) {
    return playTimed((await on(kind)).device, islands, clock)
  },
}

export type OurBench = typeof bench

expose(bench)
