import { expect, it } from 'vitest'
import {
  choiceProperty,
  integerProperty,
  readProperties,
  textProperty,
  writeProperties,
} from './url-properties.ts'

const TABLE = {
  model: textProperty('base'),
  seed: integerProperty(0, 4_294_967_295, 7),
  speed: choiceProperty([0.5, 1, 2] as const, 1),
}

it('reads the given properties and uses defaults for the rest', () => {
  const read = (query: string) => readProperties(TABLE, new URLSearchParams(query))
  expect(read('')).toEqual({ model: 'base', seed: 7, speed: 1 })
  expect(read('model=fine-tuned&seed=0&speed=0.5')).toEqual({
    model: 'fine-tuned',
    seed: 0,
    speed: 0.5,
  })
})

it.each(['seed=-1', 'seed=1.5', 'seed=4294967296', 'seed=seven', 'seed=', 'speed=3', 'model='])(
  'uses the default for %s',
  (query) => {
    const values = readProperties(TABLE, new URLSearchParams(query))
    expect(values).toEqual({ model: 'base', seed: 7, speed: 1 })
  },
)

it('writes only values that differ from the default, and leaves unknown properties alone', () => {
  const params = new URLSearchParams('other=1&speed=2')
  const written = writeProperties(TABLE, { seed: 9, speed: 1, model: 'base' }, params)
  expect(written.toString()).toBe('other=1&seed=9')
  expect(params.toString()).toBe('other=1&speed=2')
})

it('writes a default where the parameters before the hash have another value', () => {
  const outside = new URLSearchParams('speed=2&model=nano')
  const written = writeProperties(TABLE, { seed: 7, speed: 1 }, new URLSearchParams(), outside)
  expect(written.toString()).toBe('speed=1')
})
