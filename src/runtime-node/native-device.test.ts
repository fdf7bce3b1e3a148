import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeModel, GraphBuilder } from '../graph/index.ts'
import { type Device, float32, hostOutput, int32, keptOutput } from '../runtime/index.ts'
import { createNativeDevice } from './native-device.ts'

/** Encodes a graph of y = 2 x and total = Σ x, for any number of rows. */
function doubling(): Uint8Array {
  const builder = new GraphBuilder('doubling')
  const x = builder.input('x', 'float32', ['rows', 3])
  builder.output('y', builder.mul(x, 2))
  builder.output('total', builder.reduceSum(x, [0, 1], false))
  return encodeModel(builder)
}

/** Encodes a graph that returns row `index` of a table of two rows; an index of 2 fails at run time. */
function picking(): Uint8Array {
  const builder = new GraphBuilder('picking')
  const table = builder.constant('float32', [2, 1], [10, 20])
  const index = builder.input('index', 'int32', [1])
  builder.output('row', builder.gather(table, index, 0))
  return encodeModel(builder)
}

const rows = (...values: number[]) => float32([values.length / 3, 3], Float32Array.from(values))

describe('the native device', () => {
  let device: Device
  beforeAll(async () => {
    device = await createNativeDevice({ threads: 1 })
  })
  afterAll(() => device.close())

  it('runs a graph on host tensors', async () => {
    const program = await device.load(doubling())
    const outputs = await program.run({ x: rows(1, 2, 3, 4, 5, 6) })
    expect(hostOutput(outputs, 'y')).toMatchObject({ type: 'float32', shape: [2, 3] })
    expect([...hostOutput(outputs, 'y').data]).toEqual([2, 4, 6, 8, 10, 12])
    expect([...hostOutput(outputs, 'total').data]).toEqual([21])
    expect(program.inputs).toEqual([{ name: 'x', type: 'float32', shape: ['rows', 3] }])
    await program.release()
    await expect(program.run({ x: rows(1, 2, 3) })).rejects.toThrow('the graph was released')
  })

  it('keeps outputs and feeds them back, and holds nothing after they are disposed of', async () => {
    const program = await device.load(doubling(), { keep: ['y'] })
    let x = await device.upload(rows(1, 2, 3))
    for (let run = 0; run < 3; run++) {
      const outputs = await program.run({ x })
      x.dispose()
      x = keptOutput(outputs, 'y')
    }
    expect([...((await x.download()).data as Float32Array)]).toEqual([8, 16, 24])
    expect(device.heldTensors).toBe(1)
    x.dispose()
    x.dispose()
    expect(device.heldTensors).toBe(0)
    await expect(program.run({ x })).rejects.toThrow('Input "x" is not on the CPU')
    await expect(x.download()).rejects.toThrow('it was disposed of')
  })

  it('copies on upload and on download', async () => {
    const data = Float32Array.of(1, 2, 3)
    const tensor = await device.upload(float32([3], data))
    data[0] = 99
    const copy = await tensor.download()
    copy.data[0] = 77
    expect((await tensor.download()).data[0]).toBe(1)
    tensor.dispose()
  })

  it('runs concurrent calls one after another, even after one fails', async () => {
    const program = await device.load(picking())
    const run = (index: number) => program.run({ index: int32([1], Int32Array.of(index)) })
    const [first, failed, last] = await Promise.allSettled([run(0), run(2), run(1)])
    expect(first).toMatchObject({ status: 'fulfilled', value: { row: { data: { 0: 10 } } } })
    expect(last).toMatchObject({ status: 'fulfilled', value: { row: { data: { 0: 20 } } } })
    expect(failed.status === 'rejected' && String(failed.reason)).toMatch(
      /A run failed on the CPU, 1 thread: node ".*" \(Gather\): .*indices/,
    )
  })

  it('leaves the event loop time between runs', async () => {
    const program = await device.load(doubling())
    let ticks = 0
    const timer = setInterval(() => ticks++, 0)
    const start = performance.now()
    while (performance.now() - start < 50) await program.run({ x: rows(1, 2, 3) })
    clearInterval(timer)
    expect(ticks).toBeGreaterThan(0)
  })

  it('reports what is wrong with bytes that are not a model', async () => {
    const message = 'Expected the bytes of an ONNX model: choose another file, or export it again.'
    await expect(device.load(new Uint8Array())).rejects.toThrow(message)
    await expect(device.load(Uint8Array.of(1, 2, 3))).rejects.toThrow(message)
    await expect(device.load(doubling().slice(0, 60))).rejects.toThrow(message)
  })

  it('reports which output cannot be kept, and which was requested on the wrong side', async () => {
    await expect(device.load(doubling(), { keep: ['z'] })).rejects.toThrow(
      'There is no output "z" to keep: this graph has y, total.',
    )
    const program = await device.load(doubling(), { keep: ['y'] })
    const outputs = await program.run({ x: rows(1, 2, 3) })
    expect(() => hostOutput(outputs, 'y')).toThrow('"y" was kept on the device')
    expect(() => keptOutput(outputs, 'total')).toThrow('"total" was read to the host')
    expect(() => hostOutput(outputs, 'loss')).toThrow('no output "loss": this graph has y, total')
    expect(() => hostOutput(outputs, 'total', 'int32')).toThrow('found float32, expected int32')
    keptOutput(outputs, 'y').dispose()
  })

  it('is unusable once it is closed', async () => {
    const closed = await createNativeDevice({ threads: 1 })
    const program = await closed.load(doubling(), { keep: ['y'] })
    await program.run({ x: rows(1, 2, 3) })
    await closed.close()
    expect(closed.heldTensors).toBe(0)
    await expect(program.run({ x: rows(1, 2, 3) })).rejects.toThrow('was closed')
    await expect(closed.load(doubling())).rejects.toThrow('was closed')
  })
})
