import { describe, expect, it } from 'vitest'
import { createOnnxDevice, type OnnxBackend } from './onnx-device.ts'
import { hostTensor } from './onnx-tensor.ts'
import { float32, type HostTensor } from './tensor.ts'

interface FakeTensor {
  readonly type: string
  readonly dims: readonly number[]
  readonly data: unknown
}

/** Creates a backend that returns its inputs, after awaiting `pause`. */
function echo(settings: {
  lost?: Promise<string>
  maxTensorBytes?: number
  pause?: () => Promise<void>
}): OnnxBackend<FakeTensor> {
  const port = { name: 'x', type: 'float32', shape: ['n', 4] }
  const feed = ({ type, shape, data }: HostTensor): FakeTensor => ({ type, dims: shape, data })
  return {
    kind: 'webgpu',
    name: 'a GPU',
    maxTensorBytes: settings.maxTensorBytes ?? 1024,
    emulated: false,
    lost: settings.lost ?? new Promise(() => undefined),
    createSession: async () => ({
      inputs: [port],
      outputs: [port],
      run: async (feeds) => {
        await settings.pause?.()
        return feeds
      },
      release: async () => undefined,
    }),
    feed,
    read: hostTensor,
    upload: feed,
    download: async (tensor) => hostTensor(tensor),
    dispose: () => undefined,
    close: async () => undefined,
  }
}

describe('a device that is lost', () => {
  it('rejects the run that never ends, and all later runs', async () => {
    let lose = (_sentence: string): void => undefined
    const lost = new Promise<string>((resolve) => {
      lose = resolve
    })
    const device = createOnnxDevice(echo({ lost, pause: () => new Promise(() => undefined) }))
    const program = await device.load(new Uint8Array())
    const [running, waiting] = [1, 2].map((rows) => program.run({ x: float32([rows, 4]) }))
    lose('The GPU was lost.')
    await expect(running).rejects.toThrow(/^The GPU was lost\.$/)
    await expect(waiting).rejects.toThrow(/^The GPU was lost\.$/)
    await expect(device.load(new Uint8Array())).rejects.toThrow('The GPU was lost.')
  })
})

describe('a tensor that is too large to bind', () => {
  it('is refused with a sentence, on upload and, if shapes are known, at loading', async () => {
    const device = createOnnxDevice(echo({ maxTensorBytes: 32 }))
    await expect(device.upload(float32([3, 4]))).rejects.toThrow(
      '"the tensor to upload" is float32 [3, 4], 0.0 MiB; a GPU binds at most 0.0 MiB. Use a smaller network',
    )
    const small = createOnnxDevice(echo({ maxTensorBytes: 12 }))
    await expect(small.load(new Uint8Array())).rejects.toThrow('"x" is float32 [n, 4]')
  })
})
