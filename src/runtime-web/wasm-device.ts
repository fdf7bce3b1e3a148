import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url'
import type { InferenceSession, Tensor } from 'onnxruntime-web/wasm'
import {
  copyTensor,
  createOnnxDevice,
  type Device,
  type HostTensor,
  hostTensor,
  ports,
  SerialQueue,
} from '../runtime/index.ts'

export interface WasmOptions {
  /** Threads for one graph; all cores, up to 8, if left out. One where the page is not isolated. */
  readonly threads?: number
}

/** Beyond this the threads wait for one another. */
const MOST_THREADS = 8

/** All devices made here share onnxruntime's one module, and so must wait for one another. */
const queue = new SerialQueue()

/**
 * The processor, by onnxruntime compiled to WebAssembly. Loaded when first asked for.
 *
 * Its memory never shrinks, not even when graphs are released: end the worker after long jobs. The
 * number of threads is settled by the first device of a page or worker.
 */
export async function createWasmDevice({ threads }: WasmOptions = {}): Promise<Device> {
  const ort = await import('onnxruntime-web/wasm')
  const wished = threads ?? Math.min(MOST_THREADS, navigator.hardwareConcurrency)
  // Threads share memory, which browsers allow only to pages that are cross-origin isolated.
  const count = globalThis.crossOriginIsolated ? wished : 1
  ort.env.wasm.numThreads = count
  ort.env.wasm.wasmPaths = { wasm: wasmUrl }
  ort.env.logLevel = 'fatal'
  const options: InferenceSession.SessionOptions = { executionProviders: ['wasm'] }
  const feed = ({ type, data, shape }: HostTensor): Tensor => new ort.Tensor(type, data, shape)

  return createOnnxDevice<Tensor>(
    {
      kind: 'wasm',
      name: `WebAssembly, ${count} ${count === 1 ? 'thread' : 'threads'}`,
      maxTensorBytes: 2 ** 31 - 1,
      emulated: false,
      lost: new Promise(() => undefined),
      createSession: async (model) => {
        const session = await ort.InferenceSession.create(model, options)
        return {
          inputs: ports(session.inputMetadata),
          outputs: ports(session.outputMetadata),
          run: (feeds) => session.run(feeds),
          release: () => session.release(),
        }
      },
      feed,
      read: hostTensor,
      upload: (tensor) => feed(copyTensor(tensor)),
      download: async (tensor) => copyTensor(hostTensor(tensor)),
      dispose: (tensor) => tensor.dispose(),
      close: async () => undefined,
    },
    queue,
  )
}
