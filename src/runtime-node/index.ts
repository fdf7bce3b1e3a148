export { createNativeDevice, type NativeOptions } from './native-device.ts'
