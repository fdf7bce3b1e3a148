import fc from 'fast-check'
import { expect, it } from 'vitest'
import { atan2, cos, PI, sin, wrapAngle } from './exact.ts'

const angle = fc.double({ min: -20, max: 20, noNaN: true })
const coordinate = fc.double({ min: -100, max: 100, noNaN: true })

it('agrees with the engine’s built-in functions within 1e-9', () => {
  for (let i = -4_000; i <= 4_000; i++) {
    const a = i / 400
    expect(Math.abs(sin(a) - Math.sin(a))).toBeLessThan(1e-9)
    expect(Math.abs(cos(a) - Math.cos(a))).toBeLessThan(1e-9)
    const [y, x] = [Math.sin(a) * 3, Math.cos(a) * 3]
    expect(Math.abs(atan2(y, x) - Math.atan2(y, x))).toBeLessThan(1e-9)
  }
})

it('is odd or even bit for bit', () => {
  fc.assert(
    fc.property(angle, coordinate, coordinate, (a, x, y) => {
      expect(sin(-a) === -sin(a)).toBe(true)
      expect(cos(-a) === cos(a)).toBe(true)
      expect(wrapAngle(-a) === -wrapAngle(a)).toBe(true)
      if (y !== 0) expect(atan2(-y, x) === -atan2(y, x)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

it('is exact at the angles of the axes', () => {
  expect(atan2(0, 0)).toBe(0)
  expect(atan2(0, 1)).toBe(0)
  expect(atan2(1, 0)).toBe(PI / 2)
  expect(atan2(0, -1)).toBe(PI)
  expect(atan2(-0, -1)).toBe(PI)
  expect(atan2(-1, 0)).toBe(-PI / 2)
})

it('wraps into [−π, π] and preserves the direction', () => {
  fc.assert(
    fc.property(angle, (a) => {
      const wrapped = wrapAngle(a)
      expect(Math.abs(wrapped)).toBeLessThanOrEqual(PI)
      expect(Math.abs(sin(wrapped) - sin(a))).toBeLessThan(1e-9)
      expect(Math.abs(cos(wrapped) - cos(a))).toBeLessThan(1e-9)
    }),
  )
})
