import type { DeviceTensor } from './device.ts'
import type { HostTensor, TensorType } from './tensor.ts'

/** How a device reads and frees tensors of its own kind, `T`. */
interface Keeper<T> {
  readonly deviceName: string
  readonly download: (tensor: T) => Promise<HostTensor>
  readonly dispose: (tensor: T) => void
}

/** The tensors that live on one device, and the handles given out for them. */
export class HeldTensors<T> {
  readonly #keeper: Keeper<T>
  readonly #tensors = new Map<DeviceTensor, T>()

  constructor(keeper: Keeper<T>) {
    this.#keeper = keeper
  }

  /** How many have not been disposed of. */
  get count(): number {
    return this.#tensors.size
  }

  /** Takes a tensor of the device's kind in, and gives the handle for it. */
  hold(tensor: T, type: TensorType, shape: readonly number[]): DeviceTensor {
    const handle: DeviceTensor = {
      type,
      shape,
      download: async () => this.#keeper.download(this.find(handle, 'The tensor to download')),
      dispose: () => {
        if (this.#tensors.delete(handle)) this.#keeper.dispose(tensor)
      },
    }
    this.#tensors.set(handle, tensor)
    return handle
  }

  /** The tensor behind a handle. `role` begins the message if there is none. */
  find(handle: DeviceTensor, role: string): T {
    const tensor = this.#tensors.get(handle)
    if (tensor !== undefined) return tensor
    throw new Error(
      `${role} is not on ${this.#keeper.deviceName}: it was disposed of, or lives on another device. Upload it again.`,
    )
  }

  disposeAll(): void {
    for (const handle of [...this.#tensors.keys()]) handle.dispose()
  }
}
