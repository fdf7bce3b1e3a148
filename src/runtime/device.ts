/** The interface for running graphs, whatever runs them: native code, WebAssembly or a GPU. */
import type { HostTensor, TensorType } from './tensor.ts'

export type DeviceKind = 'native' | 'wasm' | 'webgpu'

/**
 * A tensor that stays where its device keeps it: a GPU's buffer, or simply memory. It belongs to
 * whoever received it, who has to dispose of it.
 */
export interface DeviceTensor {
  readonly type: TensorType
  readonly shape: readonly number[]
  /** A copy in the host's memory. */
  download(): Promise<HostTensor>
  /** Frees it; any later use is an error. Doing so twice is not. */
  dispose(): void
}

/** A value for every input of a graph, by name. */
export type Feeds = Readonly<Record<string, HostTensor | DeviceTensor>>

/** What a run gave, by name: device tensors for the kept outputs, host tensors for the others. */
export type Outputs = Readonly<Record<string, HostTensor | DeviceTensor>>

/** An input or output of a graph. A string in the shape is a symbolic extent, such as `batch`. */
export interface Port {
  readonly name: string
  readonly type: string
  readonly shape: readonly (number | string)[]
}

/** A graph that is loaded on a device and can be run. */
export interface Program {
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /** Outputs that stay on the device. */
  readonly kept: readonly string[]
  /**
   * Runs the graph once. Every input has to be fed. Outputs are always fresh: what was kept from
   * one run may be fed to the next, and is then disposed of by the caller.
   */
  run(feeds: Feeds): Promise<Outputs>
  /** Frees the graph. Tensors kept from its runs should be disposed of before. */
  release(): Promise<void>
}

export interface LoadOptions {
  /** Names of outputs that stay on the device. Fixed here, as WebGPU binds outputs at loading. */
  readonly keep?: readonly string[]
}

/**
 * Something that runs graphs. Its loads, runs, uploads and downloads wait for one another, in the
 * order they were asked for; one that fails doesn't disturb the next.
 */
export interface Device {
  readonly kind: DeviceKind
  /** For people: "WebAssembly, 2 threads". */
  readonly name: string
  /** Bytes of the largest tensor it can bind. */
  readonly maxTensorBytes: number
  /** A GPU that is played by the processor: right for checking values, meaningless for speed. */
  readonly emulated: boolean
  /** Device tensors not yet disposed of: what a test of leaks looks at. */
  readonly heldTensors: number
  /** Fulfilled with a sentence if the device goes away by itself; never on a processor. */
  readonly lost: Promise<string>
  /** Loads an ONNX model. Throws a sentence if it is no model or holds what the device can't run. */
  load(model: Uint8Array, options?: LoadOptions): Promise<Program>
  /** Copies a tensor to the device. */
  upload(tensor: HostTensor): Promise<DeviceTensor>
  /** Frees the device and everything on it. */
  close(): Promise<void>
}
