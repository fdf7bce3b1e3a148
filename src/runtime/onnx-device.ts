/**
 * The device implementation on onnxruntime that its native, WebAssembly and WebGPU builds share. Checks,
 * call queueing and tensor lifetimes are handled here; a backend only adapts one build's API.
 */
import type { Device, DeviceTensor, Feeds, LoadOptions, Outputs, Port, Program } from './device.ts'
import { explained } from './explain.ts'
import { checkFeeds } from './feeds.ts'
import { HeldTensors } from './held-tensors.ts'
import { isOnDevice } from './outputs.ts'
import { SerialQueue } from './serial.ts'
import {
  checkLength,
  describeTensor,
  type HostTensor,
  isTensorType,
  tensorBytes,
} from './tensor.ts'

/** Fields common to the tensors of all builds. */
interface OnnxTensor {
  readonly type: string
  readonly dims: readonly number[]
}

/** An onnxruntime session. `T` is the build's tensor type. */
export interface OnnxSession<T> {
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  run(feeds: Readonly<Record<string, T>>): Promise<Readonly<Record<string, T>>>
  release(): Promise<void>
}

/** An adapter for one build of onnxruntime. `T` is the build's tensor type. */
export interface OnnxBackend<T>
  extends Pick<Device, 'kind' | 'name' | 'maxTensorBytes' | 'emulated' | 'lost'> {
  createSession(model: Uint8Array, keep: readonly string[]): Promise<OnnxSession<T>>
  /** Creates a tensor for a single feed; it may share memory with the host tensor. */
  feed(tensor: HostTensor): T
  /** Converts an output that was not kept. */
  read(tensor: T): HostTensor
  /** Copies a tensor to the device. */
  upload(tensor: HostTensor): T
  /** Copies a tensor to the host. */
  download(tensor: T): Promise<HostTensor>
  dispose(tensor: T): void
  close(): Promise<void>
}

/** Creates a device on a backend. Devices on the same onnxruntime module must share one `queue`. */
export function createOnnxDevice<T extends OnnxTensor>(
  backend: OnnxBackend<T>,
  queue = new SerialQueue(),
): Device {
  return new OnnxDevice(backend, queue)
}

class OnnxDevice<T extends OnnxTensor> implements Device {
  readonly kind
  readonly name
  readonly maxTensorBytes
  readonly emulated
  readonly lost
  readonly #backend: OnnxBackend<T>
  readonly #queue: SerialQueue
  readonly #held: HeldTensors<T>
  readonly #sessions = new Set<OnnxSession<T>>()
  /** Error message of all further calls, once the device was lost or closed. */
  #gone: string | undefined
  /** Rejects the call in progress, since a run on a lost GPU may never settle. */
  #giveUp: ((error: Error) => void) | undefined

  constructor(backend: OnnxBackend<T>, queue: SerialQueue) {
    this.kind = backend.kind
    this.name = backend.name
    this.maxTensorBytes = backend.maxTensorBytes
    this.emulated = backend.emulated
    this.lost = backend.lost
    this.#backend = backend
    this.#queue = queue
    this.#held = new HeldTensors({
      deviceName: backend.name,
      download: (tensor) => this.#inLine('A download', () => backend.download(tensor)),
      dispose: (tensor) => backend.dispose(tensor),
    })
    void backend.lost.then((sentence) => {
      this.#gone ??= sentence
      this.#giveUp?.(new Error(sentence))
    })
  }

  get heldTensors(): number {
    return this.#held.count
  }

  async load(model: Uint8Array, { keep = [] }: LoadOptions = {}): Promise<Program> {
    const session = await this.#inLine('Loading a model', () =>
      this.#backend.createSession(model, keep),
    )
    this.#sessions.add(session)
    const { inputs, outputs } = session
    const release = () => this.#release(session)
    try {
      checkKept(outputs, keep)
      for (const port of [...inputs, ...outputs]) this.#checkSize(port)
    } catch (error) {
      await release()
      throw error
    }
    const run = (feeds: Feeds) => this.#run(session, keep, feeds)
    return { inputs, outputs, kept: keep, run, release }
  }

  async upload(tensor: HostTensor): Promise<DeviceTensor> {
    checkLength(tensor, 'The tensor to upload')
    this.#checkSize({ name: 'the tensor to upload', ...tensor })
    const copy = await this.#inLine('An upload', async () => this.#backend.upload(tensor))
    return this.#held.hold(copy, tensor.type, tensor.shape)
  }

  close(): Promise<void> {
    this.#gone ??= `${this.name} was closed: open a device again.`
    return this.#queue.add(async () => {
      this.#held.disposeAll()
      for (const session of this.#sessions) await session.release()
      this.#sessions.clear()
      await this.#backend.close()
    })
  }

  async #run(session: OnnxSession<T>, keep: readonly string[], feeds: Feeds): Promise<Outputs> {
    checkFeeds(session.inputs, feeds)
    for (const [name, { type, shape }] of Object.entries(feeds)) {
      this.#checkSize({ name, type, shape })
    }
    const results = await this.#inLine('A run', () => {
      if (!this.#sessions.has(session)) throw new Error('the graph was released: load it again')
      const fed = Object.entries(feeds).map(([name, tensor]): [string, T] => [
        name,
        isOnDevice(tensor)
          ? this.#held.find(tensor, `Input "${name}"`)
          : this.#backend.feed(tensor),
      ])
      return session.run(Object.fromEntries(fed))
    })
    const outputs = Object.entries(results).map(([name, tensor]) => [
      name,
      keep.includes(name) ? this.#keep(name, tensor) : this.#backend.read(tensor),
    ])
    return Object.fromEntries(outputs)
  }

  #keep(name: string, tensor: T): DeviceTensor {
    const { type, dims } = tensor
    if (isTensorType(type)) return this.#held.hold(tensor, type, dims)
    this.#backend.dispose(tensor)
    throw new Error(`Output "${name}": found ${type}, which cannot be kept. Cast it in the graph.`)
  }

  #release(session: OnnxSession<T>): Promise<void> {
    return this.#queue.add(async () => {
      if (this.#sessions.delete(session)) await session.release()
    })
  }

  /**
   * Queues a task behind earlier calls. Rejects if the device is gone, and with an explained error if
   * the task fails.
   */
  #inLine<R>(doing: string, task: () => Promise<R>): Promise<R> {
    return this.#queue.add(async () => {
      if (this.#gone !== undefined) throw new Error(this.#gone)
      const explain = (error: unknown) => explained(doing, this.name, error)
      return await new Promise<R>((resolve, reject) => {
        this.#giveUp = reject
        attempt(task).then(resolve, (error: unknown) => reject(explain(error)))
      })
    })
  }

  /** Throws if a tensor is larger than the device can bind. Symbolic extents count as 1. */
  #checkSize({ name, type, shape }: Port): void {
    const bytes = isTensorType(type) ? tensorBytes(type, shape.map(knownExtent)) : 0
    if (bytes <= this.maxTensorBytes) return
    throw new Error(
      `"${name}" is ${describeTensor(type, shape)}, ${mebibytes(bytes)}; ${this.name} binds at most ${mebibytes(this.maxTensorBytes)}. Use a smaller network, a smaller batch or another device.`,
    )
  }
}

function checkKept(outputs: readonly Port[], keep: readonly string[]): void {
  const names = outputs.map(({ name }) => name)
  const foreign = keep.find((name) => !names.includes(name))
  if (foreign === undefined) return
  throw new Error(`There is no output "${foreign}" to keep: this graph has ${names.join(', ')}.`)
}

/** Runs a task, turning a synchronous throw into a rejection. */
async function attempt<R>(task: () => Promise<R>): Promise<R> {
  return await task()
}

function knownExtent(extent: number | string): number {
  return typeof extent === 'number' ? extent : 1
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}
