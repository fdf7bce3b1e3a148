export { createNativeDevice } from './native-device.ts'
