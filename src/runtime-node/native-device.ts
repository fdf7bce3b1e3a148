import { setImmediate } from 'node:timers/promises'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import {
  copyTensor,
  createOnnxDevice,
  type Device,
  type HostTensor,
  hostTensor,
  type OnnxSession,
  ports,
} from '../runtime/index.ts'

export interface NativeOptions {
  /** Threads for one graph; as many as there are cores if left out. */
  readonly threads?: number
}

/** Of 0 to 4. Errors come as exceptions; printed as well, they would break the progress bar. */
const FATAL_ONLY = 4

/**
 * The processor, by onnxruntime-node. Loaded when first asked for, as its library takes a while.
 *
 * Its runs block the event loop, so each is followed by a pause in which progress can be drawn and a
 * key be read.
 */
export async function createNativeDevice({ threads }: NativeOptions = {}): Promise<Device> {
  const ort = await import('onnxruntime-node')
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    logSeverityLevel: FATAL_ONLY,
    // Waiting threads sleep instead of spinning: the cores are shared with the thread that renders.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
    ...(threads === undefined ? {} : { intraOpNumThreads: threads }),
  }
  const feed = ({ type, data, shape }: HostTensor): Tensor => new ort.Tensor(type, data, shape)

  return createOnnxDevice<Tensor>({
    kind: 'native',
    name: title(threads),
    maxTensorBytes: Number.MAX_SAFE_INTEGER,
    emulated: false,
    lost: new Promise(() => undefined),
    createSession: async (model) =>
      nativeSession(await ort.InferenceSession.create(model, options)),
    feed,
    read: hostTensor,
    upload: (tensor) => feed(copyTensor(tensor)),
    download: async (tensor) => copyTensor(hostTensor(tensor)),
    dispose: (tensor) => tensor.dispose(),
    close: async () => undefined,
  })
}

function nativeSession(session: InferenceSession): OnnxSession<Tensor> {
  return {
    inputs: ports(session.inputMetadata),
    outputs: ports(session.outputMetadata),
    run: async (feeds) => {
      const results = await session.run(feeds)
      await setImmediate()
      return results
    },
    release: () => session.release(),
  }
}

function title(threads: number | undefined): string {
  if (threads === undefined) return 'the processor'
  return `the processor, ${threads} ${threads === 1 ? 'thread' : 'threads'}`
}
