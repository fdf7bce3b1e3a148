import { expect, it } from 'vitest'
import { Pace } from './pace.ts'

it('reports every three seconds the share of time that passed without waiting', () => {
  const pace = new Pace()
  const told = Array.from({ length: 24 }, (_, n) => pace.note(0.25, n < 12 && n % 3 === 0))
  expect(told.filter((share) => share !== undefined)).toEqual([1 - 4 / 12, 1])
})

it('forgets earlier time when play stops', () => {
  const pace = new Pace()
  pace.note(2.9, true)
  pace.reset()
  expect(pace.note(0.5, false)).toBeUndefined()
  expect(pace.note(2.5, false)).toBe(1)
})
