import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url'
import type { InferenceSession, Tensor } from 'onnxruntime-web/webgpu'
import {
  createOnnxDevice,
  type Device,
  type HostTensor,
  hostTensor,
  ports,
  SerialQueue,
} from '../runtime/index.ts'
import { bufferOf } from './gpu-buffer.ts'
import { downloadTensors } from './gpu-download.ts'
import { type OpenGpu, openGpu } from './open-gpu.ts'

export interface WebGpuOptions {
  readonly powerPreference?: GPUPowerPreference
  /**
   * Whether to reject graphs that would partly fall back to the CPU, for tests and for graphs that must
   * stay on the GPU.
   */
  readonly noFallback?: boolean
}

/** Queue shared by all WebGPU devices, because they share one onnxruntime module. */
const queue = new SerialQueue()

/** Creates the GPU device on onnxruntime's WebGPU backend, which is imported on first use. */
export async function createWebGpuDevice(options: WebGpuOptions = {}): Promise<Device> {
  const gpu = await openGpu(options.powerPreference ?? 'high-performance')
  const ort = await import('onnxruntime-web/webgpu')
  // Little work falls back to the CPU, so more threads would only add start-up cost.
  ort.env.wasm.numThreads = 1
  ort.env.wasm.wasmPaths = { wasm: wasmUrl }
  ort.env.logLevel = 'fatal'
  const { device } = gpu
  const feed = ({ type, data, shape }: HostTensor): Tensor => new ort.Tensor(type, data, shape)

  return createOnnxDevice<Tensor>(
    {
      kind: 'webgpu',
      name: gpu.name,
      maxTensorBytes: gpu.maxTensorBytes,
      emulated: gpu.emulated,
      lost: gpu.lost,
      createSession: async (model, keep) => {
        const settings = sessionOptions(gpu, options.noFallback ?? false)
        const session = await ort.InferenceSession.create(model, settings)
        return {
          inputs: ports(session.inputMetadata),
          outputs: ports(session.outputMetadata),
          run: async (feeds) => {
            const outputs = await session.run(feeds)
            const read = Object.entries(outputs).filter(([name]) => !keep.includes(name))
            const hosts = await downloadTensors(device, Object.fromEntries(read))
            for (const [, tensor] of read) tensor.dispose()
            const copies = Object.entries(hosts).map(([name, host]) => [name, feed(host)])
            return { ...outputs, ...Object.fromEntries(copies) }
          },
          release: () => session.release(),
        }
      },
      feed,
      read: hostTensor,
      upload: (tensor) => {
        const buffer = bufferOf(device, tensor.data)
        return ort.Tensor.fromGpuBuffer(buffer, {
          dataType: tensor.type,
          dims: tensor.shape,
          dispose: () => buffer.destroy(),
        })
      },
      download: async (tensor) => (await downloadTensors(device, { tensor })).tensor,
      dispose: (tensor) => tensor.dispose(),
      close: async () => device.destroy(),
    },
    queue,
  )
}

function sessionOptions(gpu: OpenGpu, noFallback: boolean): InferenceSession.SessionOptions {
  // onnxruntime accepts `device`, though its types omit it. Our own device has the adapter's limits
  // and outlives the last session.
  const provider = { name: 'webgpu', device: gpu.device }
  return {
    executionProviders: [provider],
    // Outputs that are not kept are read here in one readback: onnxruntime would await each in turn.
    preferredOutputLocation: 'gpu-buffer',
    ...(noFallback ? { extra: { session: { disable_cpu_ep_fallback: '1' } } } : {}),
  }
}
