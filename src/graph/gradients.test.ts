import * as ort from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { gradients } from './index.ts'
import { compareGradients, type RunModel } from './testing/finite-differences.ts'
import { OPERATOR_CASES } from './testing/operator-cases.ts'

const TOLERANCE = 3e-3

/** Creates a runner on the CPU that caches one session per model. */
function createRunner(): RunModel {
  const sessions = new Map<Uint8Array, Promise<ort.InferenceSession>>()
  return async (model, feeds) => {
    const session =
      sessions.get(model) ?? ort.InferenceSession.create(model, { intraOpNumThreads: 1 })
    sessions.set(model, session)
    const tensors = Object.entries(feeds).map(([name, { shape, data }]) => [
      name,
      new ort.Tensor('float32', Float32Array.from(data), shape),
    ])
    const results = await (await session).run(Object.fromEntries(tensors))
    return Object.fromEntries(
      Object.entries(results).map(([name, tensor]) => [name, tensor.data as Float32Array]),
    )
  }
}

describe('gradients agree with central differences', () => {
  const run = createRunner()
  test.each(OPERATOR_CASES)('%s', async (_, build, probes) => {
    for (const { error } of await compareGradients(build, probes, run)) {
      expect(error).toBeLessThan(TOLERANCE)
    }
  })
})

describe('the comparison finds an error of 1 %', () => {
  const run = createRunner()
  test.each(OPERATOR_CASES)('%s', async (_, build, probes) => {
    const wrong: typeof gradients = (builder, loss, wrt) =>
      gradients(builder, loss, wrt).map((gradient) => builder.mul(gradient, 1.01))
    for (const { error } of await compareGradients(build, probes, run, wrong)) {
      expect(error).toBeGreaterThan(TOLERANCE)
    }
  })
})
