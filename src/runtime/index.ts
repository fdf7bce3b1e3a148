/** Running graphs on any device, through one interface. */
export * from './choose.ts'
export * from './device.ts'
export { createOnnxDevice, type OnnxSession } from './onnx-device.ts'
export { hostTensor, ports } from './onnx-tensor.ts'
export { hostOutput, isOnDevice, keptOutput } from './outputs.ts'
export { SerialQueue } from './serial.ts'
export {
  copyTensor,
  float32,
  type HostTensor,
  int32,
  isTensorType,
  scalar,
  type TensorType,
  tensorBytes,
  uint8,
} from './tensor.ts'
