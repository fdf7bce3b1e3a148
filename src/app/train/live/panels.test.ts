import { describe, expect, it } from 'vitest'
import { thinned } from './panels.ts'

describe('a long curve', () => {
  const curve = (length: number) =>
    Array.from({ length }, (_, step) => ({
      step,
      value: Math.sin(step / 9) + (step % 50 === 7 ? 3 : 0),
    }))

  it('is drawn through its own points, including its ends and every peak', () => {
    const points = curve(1_003)
    const [thin = []] = thinned([points])
    expect(thin.length).toBeLessThanOrEqual(122)
    for (const point of thin) expect(points).toContain(point)
    expect([thin[0], thin.at(-1)]).toEqual([points[0], points[1_002]])
    const values = (of: typeof points) => of.map(({ value }) => value)
    expect(Math.max(...values(thin))).toBe(Math.max(...values(points)))
    expect(Math.min(...values(thin))).toBe(Math.min(...values(points)))
  })

  it.each([150, 301, 121, 90])(
    'is drawn at the same points as a curve of %i updates that is its beginning',
    (length) => {
      const [short = [], long = []] = thinned([curve(length), curve(450)])
      expect(short.at(-1)).toEqual(curve(length).at(-1))
      // The shorter curve may end within an interval.
      const whole = length - (length % 8)
      const upTo = (points: typeof short) => points.filter(({ step }) => step < whole)
      expect(upTo(short)).toEqual(upTo(long))
      expect(upTo(short).length).toBeGreaterThan(length / 8)
    },
  )
})
