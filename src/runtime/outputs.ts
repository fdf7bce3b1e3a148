import type { DeviceTensor, Outputs } from './device.ts'
import type { HostTensor, HostTensorOf, TensorType } from './tensor.ts'

/** Returns a host output of the given type, float32 by default; throws if it is missing or differs. */
export function hostOutput(outputs: Outputs, name: string): HostTensorOf<'float32'>
export function hostOutput<T extends TensorType>(
  outputs: Outputs,
  name: string,
  type: T,
): HostTensorOf<T>
export function hostOutput(outputs: Outputs, name: string, type: TensorType = 'float32') {
  const output = named(outputs, name)
  if (isOnDevice(output)) {
    throw new Error(
      `Output "${name}" was kept on the device, expected it on the host. Leave it out of keep when loading, or download it.`,
    )
  }
  if (output.type !== type) {
    throw new Error(`Output "${name}": found ${output.type}, expected ${type}.`)
  }
  return output
}

/** Returns a kept output, which the caller must dispose of; throws if it is missing or on the host. */
export function keptOutput(outputs: Outputs, name: string): DeviceTensor {
  const output = named(outputs, name)
  if (isOnDevice(output)) return output
  throw new Error(
    `Output "${name}" was read to the host, expected it on the device. Name it in keep when loading.`,
  )
}

export function isOnDevice(tensor: HostTensor | DeviceTensor): tensor is DeviceTensor {
  return 'download' in tensor
}

function named(outputs: Outputs, name: string): HostTensor | DeviceTensor {
  const output = outputs[name]
  if (output !== undefined) return output
  throw new Error(
    `There is no output "${name}": this graph has ${Object.keys(outputs).join(', ') || 'none'}.`,
  )
}
