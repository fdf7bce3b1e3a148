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
  /** Threads per graph, one per core by default. */
  readonly threads?: number
}

/** Highest log severity of 0–4: errors are thrown anyway, and log lines would break the progress bar. */
const FATAL_ONLY = 4

/**
 * Creates the CPU device on onnxruntime-node, which is imported on first use because it loads slowly.
 *
 * Runs block the event loop, so each is followed by a turn of it, for drawing progress and reading keys.
 */
export async function createNativeDevice({ threads }: NativeOptions = {}): Promise<Device> {
  const ort = await import('onnxruntime-node')
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    logSeverityLevel: FATAL_ONLY,
    // Idle threads sleep instead of spinning, because they share the cores with the rendering thread.
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
  if (threads === undefined) return 'the CPU'
  return `the CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`
}
