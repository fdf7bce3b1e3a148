/** Tensors as plain JSON, for transfer between a test and a page. */
import {
  type Device,
  type DeviceTensor,
  float32,
  type HostTensor,
  int32,
  isOnDevice,
  type TensorType,
  uint8,
} from '../../src/runtime/index.ts'

export interface PlainTensor {
  readonly type: TensorType
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

export type PlainFeeds = Readonly<Record<string, PlainTensor>>

export interface ModelRun {
  /** Bytes of the ONNX file. */
  readonly model: readonly number[]
  /** Inputs of each run of the graph. */
  readonly feeds: readonly PlainFeeds[]
  /** Names of the outputs that stay on the device and are downloaded after each run. */
  readonly keep?: readonly string[]
}

/** Loads a model, runs it with each of the feeds and returns all outputs by run and name. */
export async function runModel(device: Device, run: ModelRun): Promise<PlainFeeds[]> {
  const { model, feeds, keep = [] } = run
  const program = await device.load(Uint8Array.from(model), { keep })
  try {
    const results: PlainFeeds[] = []
    for (const feed of feeds) {
      const entries = Object.entries(feed).map(([name, tensor]) => [name, fromPlain(tensor)])
      const outputs = Object.entries(await program.run(Object.fromEntries(entries)))
      const plain: Record<string, PlainTensor> = {}
      for (const [name, tensor] of outputs) plain[name] = toPlain(await read(tensor))
      results.push(plain)
    }
    return results
  } finally {
    await program.release()
  }
}

async function read(tensor: HostTensor | DeviceTensor): Promise<HostTensor> {
  if (!isOnDevice(tensor)) return tensor
  try {
    return await tensor.download()
  } finally {
    tensor.dispose()
  }
}

function fromPlain({ type, shape, data }: PlainTensor): HostTensor {
  switch (type) {
    case 'float32':
      return float32(shape, Float32Array.from(data))
    case 'int32':
      return int32(shape, Int32Array.from(data))
    case 'uint8':
      return uint8(shape, Uint8Array.from(data))
    case 'bool':
      return { type, shape, data: Uint8Array.from(data) }
    case 'int64':
      return { type, shape, data: BigInt64Array.from(data, BigInt) }
  }
}

function toPlain({ type, shape, data }: HostTensor): PlainTensor {
  return { type, shape: [...shape], data: Array.from<number | bigint, number>(data, Number) }
}
