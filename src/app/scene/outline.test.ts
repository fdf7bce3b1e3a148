import { expect, it } from 'vitest'
import { HOME, type Point } from '../../island/index.ts'
import { fieldOf, resample, traceOutlines } from './outline.ts'

function area(outline: readonly Point[]): number {
  return outline.reduce((sum, from, i) => {
    const to = outline[(i + 1) % outline.length] ?? from
    return sum + (from.x * to.z - to.x * from.z) / 2
  }, 0)
}

it('traces a circle exactly once', () => {
  const circle = (x: number, z: number) => 2 - Math.hypot(x, z)
  const square = { minX: -3, maxX: 3, minZ: -3, maxZ: 3 }
  const outlines = traceOutlines(circle, square, 0.1)
  expect(outlines).toHaveLength(1)
  expect(Math.abs(area(outlines[0] ?? []))).toBeCloseTo(4 * Math.PI, 1)
})

it('finds the island and its two side platforms, without a seam between surfaces', () => {
  const land = HOME.map.surfaces.filter(({ name }) => !name.endsWith('bridge'))
  const field = fieldOf(land)
  const outlines = traceOutlines(field, HOME.bounds, 0.25)
  expect(outlines).toHaveLength(3)
  for (const { x, z } of outlines.flat()) {
    expect(Math.abs(field(x, z))).toBeLessThan(0.05)
  }
})

it('resamples at equal distances', () => {
  const square = [
    { x: 0, z: 0 },
    { x: 4, z: 0 },
    { x: 4, z: 4 },
    { x: 0, z: 4 },
  ]
  const points = resample(square, 1)
  expect(points).toHaveLength(16)
  expect(points[1]).toEqual({ x: 1, z: 0 })
  expect(points[6]).toEqual({ x: 4, z: 2 })
})
