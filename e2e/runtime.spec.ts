import { expect, type Page, test } from '@playwright/test'
import { encodeModel, GraphBuilder } from '../src/graph/index.ts'
import type { Device } from '../src/runtime/index.ts'
import { createNativeDevice } from '../src/runtime-node/index.ts'
import { act, train } from './pages/jobs.ts'
import { type PlainFeeds, type PlainTensor, runModel } from './pages/plain.ts'
import type { WebKind } from './pages/runtime.worker.ts'
import { deviceUnderTest } from './support/device.ts'

// Compares the outputs of graphs in Chromium, on WebAssembly or WebGPU depending on the project,
// with those of onnxruntime-node. On WebGPU, no operator may fall back to the CPU.

const TRAINING_STEPS = 6

let native: Device
test.beforeAll(async () => {
  native = await createNativeDevice()
})
test.afterAll(() => native.close())

test.beforeEach(async ({ page }) => {
  const port = process.env.JUMPPAD_E2E_PAGES_PORT
  await page.goto(`http://127.0.0.1:${port}/runtime.html`)
  await page.waitForFunction(() => 'harness' in globalThis)
})

/** Runs a graph on the project's device and natively, and expects the same values from both. */
async function expectSame(
  page: Page,
  kind: WebKind,
  builder: GraphBuilder,
  feeds: PlainFeeds[],
  keep: string[] = [],
): Promise<void> {
  const run = { model: Array.from(encodeModel(builder)), feeds, keep }
  const found = await page.evaluate(([kind, run]) => harness.runModel(kind, run), [
    kind,
    run,
  ] as const)
  const expected = await runModel(native, run)
  for (const [index, outputs] of expected.entries()) {
    for (const [name, tensor] of Object.entries(outputs)) {
      expectClose(found[index]?.[name], tensor)
    }
  }
}

function expectClose(found: PlainTensor | undefined, expected: PlainTensor): void {
  expect(found?.type).toBe(expected.type)
  expect(found?.shape).toEqual(expected.shape)
  for (const [index, value] of expected.data.entries()) {
    expect(Math.abs((found?.data[index] ?? Number.NaN) - value)).toBeLessThan(1e-5)
  }
}

/** Returns the largest relative error over all pairs of numbers. */
function relativeError(found: readonly number[], expected: readonly number[]): number {
  return Math.max(
    ...expected.map((value, index) => Math.abs((found[index] ?? Number.NaN) / value - 1)),
  )
}

test('runs in a worker, with threads, on the correct device', async ({ page }) => {
  const kind = deviceUnderTest()
  const { name, emulated } = await page.evaluate((kind) => harness.describe(kind), kind)
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  if (kind === 'wasm') expect(name).toMatch(/^WebAssembly, \d+ threads?$/)
  else
    expect({ name, emulated }).toEqual({
      name: expect.stringMatching(/swiftshader/),
      emulated: true,
    })
})

test('runs a graph with the same results as the native runtime', async ({ page }) => {
  const builder = new GraphBuilder('mixed')
  const frames = builder.input('frames', 'uint8', ['batch', 5])
  const choice = builder.input('choice', 'int32', ['batch'])
  const table = builder.constant(
    'float32',
    [3, 5],
    Array.from({ length: 15 }, (_, i) => i / 7),
  )
  const x = builder.add(builder.cast(frames, 'float32'), builder.gather(table, choice, 0))
  builder.output('softmax', builder.softmax(builder.mul(x, 0.1)))
  builder.output('largest', builder.reduceMax(x, [1]))
  const feeds = (batch: number): PlainFeeds => ({
    frames: {
      type: 'uint8',
      shape: [batch, 5],
      data: Array.from({ length: batch * 5 }, (_, i) => i * 7),
    },
    choice: { type: 'int32', shape: [batch], data: Array.from({ length: batch }, (_, i) => i % 3) },
  })
  // Vary the batch size between runs, and keep an output on the device once.
  await expectSame(page, deviceUnderTest(), builder, [feeds(3), feeds(1), feeds(4)])
  await expectSame(page, deviceUnderTest(), builder, [feeds(3), feeds(2)], ['largest'])
})

test('trains with the same results as the native runtime', async ({ page }) => {
  const expected = await train(native, TRAINING_STEPS)
  const found = await page.evaluate(([kind, steps]) => harness.train(kind, steps), [
    deviceUnderTest(),
    TRAINING_STEPS,
  ] as const)
  expect(expected.losses.at(-1)).toBeLessThan((expected.losses[0] ?? 0) - 1)
  // Kernels round differently, by about 1e-7; the difference does not grow unless an update is wrong.
  expect(relativeError(found.losses, expected.losses)).toBeLessThan(1e-5)
  expect(relativeError(found.norms, expected.norms)).toBeLessThan(1e-4)
  expect([expected.leaked, found.leaked]).toEqual([0, 0])
})

test('acts as the native runtime does', async ({ page }) => {
  const expected = await act(native, 4)
  const found = await page.evaluate((kind) => harness.act(kind, 4), deviceUnderTest())
  expect(found.length).toBe(expected.length)
  const worst = expected.reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - (found[index] ?? Number.NaN))),
    0,
  )
  expect(worst).toBeLessThan(1e-4)
})

test('asks little of the GPU for a decision', async ({ page }) => {
  test.skip(deviceUnderTest() !== 'webgpu', 'Only a GPU has such work.')
  // Before caches stayed on the GPU: 188 and 223 dispatches, and 427 kB per island.
  const most = { dispatches: 74, uploadedPerIsland: 12 * 1024 }
  for (const parameters of ['fixed', 'trained'] as const) {
    for (const islands of [1, 64]) {
      const { dispatches, uploaded } = await page.evaluate((given) => harness.gpuWork(...given), [
        islands,
        parameters,
      ] as const)
      const name = `${parameters}, ${islands}`
      expect(dispatches, name).toBeGreaterThan(0)
      expect(dispatches, name).toBeLessThanOrEqual(most.dispatches)
      expect(uploaded / islands, name).toBeLessThanOrEqual(most.uploadedPerIsland)
    }
  }
})

test('describes in one sentence what is wrong with a model', async ({ page }) => {
  const message = await page.evaluate(async (kind) => {
    try {
      await harness.runModel(kind, { model: [1, 2, 3], feeds: [] })
      return 'no error'
    } catch (error) {
      return String(error)
    }
  }, deviceUnderTest())
  expect(message).toContain('Expected the bytes of an ONNX model: choose another file')
})

test('chooses the CPU over an emulated or missing GPU, and gives the reason', async ({ page }) => {
  const builder = new GraphBuilder('calibration')
  builder.output('y', builder.add(builder.constant('float32', [2], [1, 2]), 1))
  const choice = await page.evaluate(
    (model) => harness.choose(model),
    Array.from(encodeModel(builder)),
  )
  expect(choice.kind).toBe('wasm')
  const reason = deviceUnderTest() === 'webgpu' ? /emulated on the CPU/ : /no WebGPU|no GPU/
  expect(choice.reason).toMatch(/^WebAssembly, \d+ threads?: [\d.]+ ms per run; WebGPU/)
  expect(choice.reason).toMatch(reason)
})

test('reports that the GPU is lost', async ({ page, browser }) => {
  test.skip(deviceUnderTest() !== 'webgpu', 'Only a GPU can be lost.')
  await page.evaluate(() => harness.describe('webgpu'))
  const after = page.evaluate(() => harness.afterLoss('webgpu'))
  const chromium = await browser.newBrowserCDPSession()
  await chromium.send('Browser.crashGpuProcess')
  const { lost, refused } = await after
  expect(lost).toMatch(/^The GPU was lost \(.*\)\.$/)
  expect(refused).toBe(`Error: ${lost}`)
})
