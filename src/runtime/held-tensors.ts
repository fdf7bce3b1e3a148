import type { DeviceTensor } from './device.ts'
import type { HostTensor, TensorType } from './tensor.ts'

/** Operations of a device on tensors of its own type, `T`. */
interface Keeper<T> {
  readonly deviceName: string
  readonly download: (tensor: T) => Promise<HostTensor>
  readonly dispose: (tensor: T) => void
}

/** The tensors held on one device, by their handles. */
export class HeldTensors<T> {
  readonly #keeper: Keeper<T>
  readonly #tensors = new Map<DeviceTensor, T>()

  constructor(keeper: Keeper<T>) {
    this.#keeper = keeper
  }

  /** Number of tensors not yet disposed of. */
  get count(): number {
    return this.#tensors.size
  }

  /** Registers a tensor of the device's type and returns a handle for it. */
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

  /** Returns the tensor of a handle; throws, with `role` beginning the message, if there is none. */
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
