import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'
import type { InferenceSession, Tensor } from 'onnxruntime-web/webgpu'
import {
  createOnnxDevice,
  type Device,
  type HostTensor,
  hostTensor,
  isTensorType,
  ports,
  SerialQueue,
  tensorBytes,
} from '../runtime/index.ts'
import { bufferOf, downloadBuffer } from './gpu-buffer.ts'
import { type OpenGpu, openGpu } from './open-gpu.ts'
import type { PowerPreference } from './webgpu-types.ts'

export interface WebGpuOptions {
  readonly powerPreference?: PowerPreference
  /**
   * Refuse graphs of which a part would silently run on the processor. Right for tests, and for
   * graphs that must stay on the GPU.
   */
  readonly noFallback?: boolean
}

/** All devices made here share onnxruntime's one module, and so must wait for one another. */
const queue = new SerialQueue()

/** The GPU, by onnxruntime's WebGPU provider. Loaded when first asked for. */
export async function createWebGpuDevice(options: WebGpuOptions = {}): Promise<Device> {
  const gpu = await openGpu(options.powerPreference ?? 'high-performance')
  const ort = await import('onnxruntime-web/webgpu')
  // What is left for the processor is small; threads would only be one more thing to start.
  ort.env.wasm.numThreads = 1
  ort.env.wasm.wasmPaths = { wasm: wasmUrl }
  ort.env.logLevel = 'fatal'
  const { device } = gpu

  return createOnnxDevice<Tensor>(
    {
      kind: 'webgpu',
      name: gpu.name,
      maxTensorBytes: gpu.maxTensorBytes,
      emulated: gpu.emulated,
      lost: gpu.lost,
      createSession: async (model, keep) => {
        const settings = sessionOptions(gpu, keep, options.noFallback ?? false)
        const session = await ort.InferenceSession.create(model, settings)
        return {
          inputs: ports(session.inputMetadata),
          outputs: ports(session.outputMetadata),
          run: (feeds) => session.run(feeds),
          release: () => session.release(),
        }
      },
      feed: ({ type, data, shape }) => new ort.Tensor(type, data, shape),
      read: hostTensor,
      upload: (tensor) => {
        const buffer = bufferOf(device, tensor.data)
        return ort.Tensor.fromGpuBuffer(buffer, {
          dataType: tensor.type,
          dims: tensor.shape,
          dispose: () => buffer.destroy(),
        })
      },
      download: (tensor) => download(gpu, tensor),
      dispose: (tensor) => tensor.dispose(),
      close: async () => device.destroy(),
    },
    queue,
  )
}

function sessionOptions(
  gpu: OpenGpu,
  keep: readonly string[],
  noFallback: boolean,
): InferenceSession.SessionOptions {
  // onnxruntime takes `device`, but does not name it in its types. Our own device has the adapter's
  // limits, and outlives the last session.
  const provider = { name: 'webgpu', device: gpu.device }
  return {
    executionProviders: [provider],
    preferredOutputLocation: Object.fromEntries(keep.map((name) => [name, 'gpu-buffer'])),
    ...(noFallback ? { extra: { session: { disable_cpu_ep_fallback: '1' } } } : {}),
  }
}

/**
 * Reads a tensor through a buffer of our own: onnxruntime's reader works only as long as the session
 * that made the tensor.
 */
async function download({ device }: OpenGpu, tensor: Tensor): Promise<HostTensor> {
  const { type, dims } = tensor
  // A tensor without elements has no buffer.
  if (tensor.location !== 'gpu-buffer') return hostTensor(tensor)
  if (!isTensorType(type)) throw new Error(`cannot read ${type}`)
  const bytes = await downloadBuffer(device, tensor.gpuBuffer, tensorBytes(type, dims))
  switch (type) {
    case 'float32':
      return { type, shape: dims, data: new Float32Array(bytes) }
    case 'int32':
      return { type, shape: dims, data: new Int32Array(bytes) }
    case 'int64':
      return { type, shape: dims, data: new BigInt64Array(bytes) }
    default:
      return { type, shape: dims, data: new Uint8Array(bytes) }
  }
}
