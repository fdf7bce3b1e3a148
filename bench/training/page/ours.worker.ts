import { expose } from 'comlink'
import { createWasmDevice } from '../../../src/runtime-web/index.ts'
import { playTimed } from '../../rollouts/workload.ts'
import { createTrainer, train } from '../workload.ts'

// As in the lab, graphs run in a worker: a page's main thread may not wait for others.

async function open() {
  const device = await createWasmDevice()
  return { device, trainer: await createTrainer(device, () => performance.now()) }
}

let opened: ReturnType<typeof open> | undefined

const bench = {
  /** What it runs on. */
  async describe(): Promise<string> {
    opened ??= open()
    return (await opened).device.name
  },
  async train(steps: number) {
    opened ??= open()
    return train((await opened).trainer, steps)
  },
  /** Plays on so many islands, see ../rollouts. */
  async play(islands: number) {
    opened ??= open()
    return playTimed((await opened).device, islands, () => performance.now())
  },
}

export type OurBench = typeof bench

expose(bench)
