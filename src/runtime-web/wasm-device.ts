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
  /** Threads per graph: by default one per core, up to 8; always 1 without cross-origin isolation. */
  readonly threads?: number
}

/** Maximum default thread count; with more, threads mostly wait for one another. */
const MOST_THREADS = 8

/** Queue shared by all WASM devices, because they share one onnxruntime module. */
const queue = new SerialQueue()

/**
 * Creates the WASM device, with onnxruntime compiled to WebAssembly, which is imported on first use.
 *
 * Its memory never shrinks, even when graphs are released: terminate the worker after long jobs. The
 * first device of a page or worker determines the number of threads.
 */
export async function createWasmDevice({ threads }: WasmOptions = {}): Promise<Device> {
  const ort = await import('onnxruntime-web/wasm')
  const wished = threads ?? Math.min(MOST_THREADS, navigator.hardwareConcurrency)
  // Threads need shared memory, which browsers allow only on cross-origin isolated pages.
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
