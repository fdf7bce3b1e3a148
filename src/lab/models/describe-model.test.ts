import { expect, it } from 'vitest'
import { rootKey } from '../../island/index.ts'
import {
  exportModel,
  initialParameters,
  NETWORK_SIZES,
  parameterLayout,
} from '../../network/index.ts'
import { describeModel } from './describe-model.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const layout = parameterLayout(NETWORK_SIZES.nano, 'policy')
const MODEL = exportModel(layout, initialParameters(layout, rootKey(3)), {
  ...{ stage: 'policy-test', recipe: {}, key: '1' },
})

it.each([
  ['no ONNX', new Uint8Array([1, 2, 3]), /not an ONNX model.*choose/],
  ['an empty file', new Uint8Array(), /is empty: choose/],
  ['a file cut short', MODEL.subarray(0, 40_000), /cut short: choose/],
])('refuses %s with a sentence', async (_, bytes, sentence) => {
  await expect(describeModel(bytes, 'x.onnx', NOW)).rejects.toThrow(sentence)
  await expect(describeModel(bytes, 'x.onnx', NOW)).rejects.toHaveProperty('name', 'ModelError')
})
