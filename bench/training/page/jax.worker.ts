import { expose } from 'comlink'
import { createJaxTrainer } from '../jax/trainer.ts'
import { type Trainer, train } from '../workload.ts'

// jax-js computes in its own workers, one per core; this worker only drives them.

let trainer: Promise<Trainer> | undefined

const bench = {
  async train(steps: number) {
    trainer ??= createJaxTrainer(() => performance.now())
    return train(await trainer, steps)
  },
}

export type JaxBench = typeof bench

expose(bench)
