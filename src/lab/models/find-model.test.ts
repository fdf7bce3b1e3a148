import { expect, it } from 'vitest'
import { findModel } from './find-model.ts'

const MODELS = [
  { stage: 'base', file: 'base.onnx' },
  { stage: 'base', file: 'nano.onnx' },
  { stage: 'fine-tuned', file: 'fine-tuned.onnx' },
]

it('finds a model by its stage or by the name of its file', () => {
  expect(findModel(MODELS, 'base')?.file).toBe('base.onnx')
  expect(findModel(MODELS, 'nano')?.file).toBe('nano.onnx')
  expect(findModel(MODELS, 'aligned')).toBeUndefined()
})
