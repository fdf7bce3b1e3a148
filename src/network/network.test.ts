import { fromBinary, toBinary } from '@bufbuild/protobuf'
import { type ModelProto, ModelProtoSchema } from 'onnx-buf'
import { describe, expect, it } from 'vitest'
import { fromFloat16, toFloat16 } from '../graph/index.ts'
import { rootKey, splitKey } from '../island/index.ts'
import {
  importModel,
  initialParameters,
  NETWORK_SIZES,
  parameterLayout,
  SIZE_NAMES,
  withTrunkOf,
} from './index.ts'
import { exportModel } from './model-file.ts'

describe('parameter layout', () => {
  it.each(SIZE_NAMES)('covers the vector of %s without gap or overlap', (name) => {
    const layout = parameterLayout(NETWORK_SIZES[name], 'policy')
    let offset = 0
    for (const slot of layout.slots) {
      expect(slot.offset).toBe(offset)
      expect(slot.count).toBe(slot.shape.reduce((product, side) => product * side, 1))
      offset += slot.count
    }
    expect(offset).toBe(layout.count)
    const matrices = layout.slots.filter(({ offset: at }) => at < layout.decayedCount)
    expect(
      matrices.every(({ shape, name: slot }) => shape.length === 2 && !slot.includes('gain')),
    ).toBe(true)
  })

  it('gives the paper size 103 M parameters within 1 %', () => {
    const { count } = parameterLayout(NETWORK_SIZES.paper, 'policy')
    expect(Math.abs(count / 103e6 - 1)).toBeLessThan(0.01)
  })

  it('copies a trunk and nothing else', () => {
    const size = NETWORK_SIZES.nano
    const source = parameterLayout(size, 'policy')
    const parameters = initialParameters(source, rootKey(1))
    const reward = parameterLayout(size, 'reward')
    const started = withTrunkOf(reward, { layout: source, parameters }, rootKey(2))
    expect(started.subarray(reward.headCount)).toEqual(parameters.subarray(source.headCount))
    const wrong = parameterLayout(NETWORK_SIZES.small, 'policy')
    expect(() =>
      withTrunkOf(reward, { layout: wrong, parameters: new Float32Array(wrong.count) }, rootKey(2)),
    ).toThrow(/same size/)
  })
})

function setMetadata({ metadataProps }: ModelProto, key: string, value: string): void {
  const entry = metadataProps.find((each) => each.key === key)
  if (entry) entry.value = value
}

describe('model file', () => {
  const layout = parameterLayout(NETWORK_SIZES.nano, 'policy')
  const parameters = initialParameters(layout, splitKey(rootKey(3), 'file'))
  const card = { stage: 'base', recipe: { steps: 10, peakRate: 0.001 }, key: '3/file' }
  const bytes = exportModel(layout, parameters, card)

  it('round-trips with its card and its float16 parameters', () => {
    const imported = importModel(bytes)
    expect(imported.card).toEqual(card)
    expect(imported.layout).toEqual(layout)
    expect(imported.parameters).toEqual(fromFloat16(toFloat16(parameters)))
  })

  it('refuses a truncated, empty or foreign file in one sentence', () => {
    for (const bad of [
      new Uint8Array(0),
      bytes.subarray(0, bytes.length >> 1),
      Uint8Array.from({ length: 400 }, (_, index) => (index * 77) & 255),
    ]) {
      expect(() => importModel(bad)).toThrow(/^[^\n]{20,300}$/)
    }
  })

  it.each<[string, (model: ModelProto) => void, RegExp]>([
    ['of another maker', (model) => void model.metadataProps.splice(0), /was not made by Jumppad/],
    [
      'of a later release',
      (model) => setMetadata(model, 'jumppad.version', '2'),
      /Found version 2/,
    ],
    [
      'of operators yet to come',
      ({ opsetImport }) => void Object.assign(opsetImport[0] ?? {}, { version: 99n }),
      /operator set 99 and file format 10, but at most 21 and 10/,
    ],
    ['of a later format', (model) => Object.assign(model, { irVersion: 12n }), /file format 12/],
    [
      'of operators of somebody else',
      ({ graph }) => Object.assign(graph?.node[0] ?? {}, { domain: 'com.example' }),
      /differs in "com\.example\./,
    ],
    [
      'with an input more',
      ({ graph }) => graph?.input.push({ ...graph.input[0], name: 'more' } as never),
      /differs in "more"/,
    ],
  ])('refuses a file %s before it is run', (_, change, sentence) => {
    const model = fromBinary(ModelProtoSchema, bytes)
    change(model)
    expect(() => importModel(toBinary(ModelProtoSchema, model))).toThrow(sentence)
  })

  it('refuses a file whose weights are not numbers', () => {
    const broken = parameters.slice()
    broken[7] = Number.NaN
    expect(() => importModel(exportModel(layout, broken, card))).toThrow(/NaN or infinite/)
  })
})
