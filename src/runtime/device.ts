/** The interface for running graphs on any backend: native CPU, WebAssembly or WebGPU. */
import type { HostTensor, TensorType } from './tensor.ts'

export type DeviceKind = 'native' | 'wasm' | 'webgpu'

/**
 * A tensor in its device's memory: a GPU buffer, or host memory for a CPU device. The caller that
 * receives it owns it and must dispose of it.
 */
export interface DeviceTensor {
  readonly type: TensorType
  readonly shape: readonly number[]
  /** Copies the tensor to host memory; rejects if it was disposed of. */
  download(): Promise<HostTensor>
  /** Frees the tensor. Any later use is an error, except disposing of it again. */
  dispose(): void
}

/** Tensors for all inputs of a graph, by name. */
export type Feeds = Readonly<Record<string, HostTensor | DeviceTensor>>

/** Outputs of a run by name: device tensors for the kept ones, host tensors for the others. */
export type Outputs = Readonly<Record<string, HostTensor | DeviceTensor>>

/** An input or output of a graph. A string in the shape is a symbolic extent, such as `batch`. */
export interface Port {
  readonly name: string
  readonly type: string
  readonly shape: readonly (number | string)[]
}

/** A graph loaded on a device. */
export interface Program {
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /** Names of the outputs that stay on the device. */
  readonly kept: readonly string[]
  /**
   * Runs the graph once; rejects unless every input is fed. Outputs are always new tensors: those kept
   * from one run can be fed to the next, after which the caller disposes of them.
   */
  run(feeds: Feeds): Promise<Outputs>
  /** Frees the graph. Dispose of the tensors kept from its runs first. */
  release(): Promise<void>
}

export interface LoadOptions {
  /**
   * Names of outputs to keep on the device. Set at loading, because the WebGPU backend fixes output
   * locations per session.
   */
  readonly keep?: readonly string[]
}

/**
 * A backend that runs graphs. Loads, runs, uploads and downloads are executed one at a time in call
 * order; a failure does not affect later calls.
 */
export interface Device {
  readonly kind: DeviceKind
  /** Display name, such as "WebAssembly, 2 threads". */
  readonly name: string
  /** Size in bytes of the largest tensor the device can bind. */
  readonly maxTensorBytes: number
  /** Whether this is a GPU emulated on the CPU: its values are valid, its speed is meaningless. */
  readonly emulated: boolean
  /** Number of device tensors not yet disposed of, for leak tests. */
  readonly heldTensors: number
  /** Resolves with a sentence if the device is lost unexpectedly; never resolves on a CPU device. */
  readonly lost: Promise<string>
  /** Loads an ONNX model. Rejects with a sentence if the bytes are not a model or the device can't run it. */
  load(model: Uint8Array, options?: LoadOptions): Promise<Program>
  /** Copies a tensor to the device. */
  upload(tensor: HostTensor): Promise<DeviceTensor>
  /** Frees the device and everything on it. */
  close(): Promise<void>
}
