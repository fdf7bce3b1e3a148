/** Tests of the parts of the renderer: colours, tiles, terrain and faces. */
import { expect, it } from 'vitest'
import { FOCAL_PIXELS, View } from './camera.ts'
import { Canvas } from './canvas.ts'
import { blend, dim, fromHsv, luminance, pack, withLuminance } from './colour.ts'
import { FRAME_WIDTH } from './observation.ts'
import { Polygon } from './polygon.ts'
import { CELLS_PER_METRE, LAND, terrainOf } from './terrain.ts'
import { TILE_KINDS, TILE_LEVELS, TILE_OFFSETS, TILE_SIZE, tile } from './tiles.ts'
import { HOME } from './world.ts'

it('converts hues into colours', () => {
  expect(fromHsv(0, 1, 1)).toEqual([255, 0, 0])
  expect(fromHsv(1 / 6, 1, 1).map(Math.round)).toEqual([255, 255, 0])
  expect(fromHsv(1 / 3, 1, 1).map(Math.round)).toEqual([0, 255, 0])
  expect(fromHsv(2 / 3, 1, 1).map(Math.round)).toEqual([0, 0, 255])
  expect(fromHsv(1.25, 0, 0.5)).toEqual([127.5, 127.5, 127.5])
  expect(luminance(withLuminance([40, 60, 80], 90))).toBeCloseTo(90, 6)
})

it('mixes packed pixels channel by channel', () => {
  expect(pack(1.9, 2.2, 255)).toBe(0x0102ff)
  expect(dim(0xff8040, 256)).toBe(0xff8040)
  expect(dim(0xff8040, 128)).toBe(0x7f4020)
  expect(dim(0xff8040, 0)).toBe(0)
  expect(blend(0xff0000, 0x0000ff, 0)).toBe(0xff0000)
  expect(blend(0xff0000, 0x0000ff, 256)).toBe(0x0000ff)
})

it.each(TILE_KINDS)('makes a %s tile with full contrast, no seam and coarser levels', (kind) => {
  const levels = tile(kind)
  const finest = levels.subarray(0, TILE_SIZE * TILE_SIZE)
  expect(Math.min(...finest)).toBe(0)
  expect(Math.max(...finest)).toBe(255)
  const step = (columns: (v: number) => readonly [number, number]) => {
    let sum = 0
    for (let v = 0; v < TILE_SIZE; v++) {
      const [a, b] = columns(v)
      sum += Math.abs((finest[a] ?? 0) - (finest[b] ?? 0))
    }
    return sum / TILE_SIZE
  }
  const seam = step((v) => [v * TILE_SIZE, v * TILE_SIZE + TILE_SIZE - 1])
  const inner = Array.from({ length: TILE_SIZE - 1 }, (_, u) =>
    step((v) => [v * TILE_SIZE + u, v * TILE_SIZE + u + 1]),
  )
  expect(seam).toBeLessThanOrEqual(Math.max(...inner) + 1)
  expect(levels.length).toBe(TILE_OFFSETS[TILE_LEVELS])
  const mean = (from: number, to: number) =>
    levels.subarray(from, to).reduce((sum, value) => sum + value, 0) / (to - from)
  const coarsest = TILE_OFFSETS[TILE_LEVELS - 1] ?? 0
  const drift = mean(coarsest, levels.length) - mean(0, TILE_SIZE * TILE_SIZE)
  expect(Math.abs(drift)).toBeLessThan(1)
})

it('computes terrain that matches the land of the map', () => {
  const { cells, width, height } = terrainOf(HOME)
  for (let j = 0; j < height; j += 3) {
    for (let i = 0; i < width; i += 3) {
      const x = HOME.bounds.minX + (i + 0.5) / CELLS_PER_METRE
      const z = HOME.bounds.minZ + (j + 0.5) / CELLS_PER_METRE
      expect((cells[j * width + i] ?? 0) >= LAND).toBe(HOME.onLand(x, z))
    }
  }
})

const WHITE = { shadeR: 255, shadeG: 255, shadeB: 255, sunR: 0, sunG: 0, sunB: 0 }

/** Draws a square with sides of two metres at a depth, its corners in the given order. */
function squarePixels(depth: number, order: readonly number[]): Canvas {
  const canvas = new Canvas()
  const polygon = new Polygon()
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ]
  canvas.ink(new View(), WHITE, 0, 0)
  polygon.begin()
  for (const i of order) polygon.corner(corners[i]?.[0] ?? 0, corners[i]?.[1] ?? 0, depth)
  polygon.fill(canvas)
  return canvas
}

function painted(canvas: Canvas): number {
  return canvas.pixels.filter((pixel) => pixel !== 0).length
}

it('fills a face only from its front, at the correct size and depth', () => {
  const canvas = squarePixels(10, [0, 1, 2, 3])
  const side = Math.round((2 * FOCAL_PIXELS) / 10)
  expect(Math.abs(painted(canvas) - side * side)).toBeLessThan(2 * side)
  const centre = (FRAME_WIDTH / 4) * FRAME_WIDTH + FRAME_WIDTH / 2
  expect(canvas.nearness[centre]).toBeCloseTo(0.1, 6)
  expect(painted(squarePixels(10, [3, 2, 1, 0]))).toBe(0)
  expect(painted(squarePixels(-10, [0, 1, 2, 3]))).toBe(0)
})

it('clips a face where it comes too close to the eye', () => {
  const canvas = new Canvas()
  const polygon = new Polygon()
  canvas.ink(new View(), WHITE, 0, 0)
  polygon.begin()
  polygon.corner(-1, -1, -5)
  polygon.corner(1, -1, -5)
  polygon.corner(1, -1, 20)
  polygon.corner(-1, -1, 20)
  polygon.fill(canvas)
  expect(painted(canvas)).toBeGreaterThan(100)
  expect(painted(canvas)).toBeLessThan(FRAME_WIDTH * 16 + 1)
})
