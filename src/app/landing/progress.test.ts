import { expect, it } from 'vitest'
import { LoadingProgress } from './progress.ts'

it('weights the loaded parts by size, and never goes back', () => {
  const told: number[] = []
  const progress = new LoadingProgress((part) => told.push(part))
  const large = progress.expect(3)
  const small = progress.expect(1)
  small(1)
  large(0.5)
  large(0.2)
  large(7)
  expect(told).toEqual([0.25, 0.625, 0.625, 1])
})
