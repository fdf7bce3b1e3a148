import { expect, it } from 'vitest'
import type { Point } from './map.ts'
import { advance, BODY_RADIUS, isOver } from './motion.ts'
import { startState } from './state.ts'
import { walkTo } from './walker.ts'
import { HOME } from './world.ts'

/** Returns whether a convex polygon contains a point: it is on the same side of all edges. */
function holds(corners: readonly Point[], x: number, z: number): boolean {
  const sides = corners.map((from, i) => {
    const to = corners[(i + 1) % corners.length] ?? from
    return (to.x - from.x) * (z - from.z) - (to.z - from.z) * (x - from.x)
  })
  return sides.every((side) => side >= 0) || sides.every((side) => side <= 0)
}

/** Returns points on a fine grid that is not aligned with the map's edges. */
function places(): Point[] {
  const found: Point[] = []
  for (let x = HOME.bounds.minX + 0.013; x < HOME.bounds.maxX; x += 0.31) {
    for (let z = HOME.bounds.minZ + 0.017; z < HOME.bounds.maxZ; z += 0.31) found.push({ x, z })
  }
  return found
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.z - b.z)
}

it('has land exactly where there is a surface', () => {
  const wrong = places().filter(
    ({ x, z }) =>
      HOME.onLand(x, z) !== HOME.map.surfaces.some(({ corners }) => holds(corners, x, z)),
  )
  expect(wrong).toEqual([])
})

it('has no cracks between surfaces', () => {
  for (let z = -34; z <= 8; z += 0.01) expect(HOME.onLand(0, z)).toBe(true)
  for (let x = -18; x <= 18; x += 0.01) expect(HOME.onLand(x, -4)).toBe(true)
  // Along the middle of the right jetty, from inside the head.
  for (let t = -3; t <= 7.5; t += 0.01)
    expect(HOME.onLand(10.5 + 0.8 * t, -25 - 0.6 * t)).toBe(true)
})

it('is its own mirror image', () => {
  const mirror: Record<string, string> = { left: 'right', middle: 'middle', right: 'left' }
  const wrong = places().filter(({ x, z }) => {
    const [here, there] = [HOME.obstacleAt(x, z, 0.4), HOME.obstacleAt(-x, z, 0.4)]
    const [touched, mirrored] = [HOME.jumppadAt(x, z)?.name, HOME.jumppadAt(-x, z)?.name]
    return (
      HOME.onLand(x, z) !== HOME.onLand(-x, z) ||
      (here && -here.x) !== there?.x ||
      here?.z !== there?.z ||
      (touched && mirror[touched]) !== mirrored
    )
  })
  expect(wrong).toEqual([])
  for (const { x, z } of HOME.map.spawns) expect(HOME.map.spawns).toContainEqual({ x: -x, z })
})

it('keeps obstacles far enough apart that a body touches only one, as mirrored motion requires', () => {
  for (const a of HOME.obstacles) {
    for (const b of HOME.obstacles) {
      if (a !== b) expect(distance(a, b)).toBeGreaterThan(a.radius + b.radius + 2 * BODY_RADIUS)
    }
  }
})

it('points each jumppad out to sea', () => {
  for (const { x, z, yaw } of HOME.jumppads) {
    expect(HOME.onLand(x, z)).toBe(true)
    expect(HOME.onLand(x - 5 * Math.sin(yaw), z - 5 * Math.cos(yaw))).toBe(false)
  }
})

it.each(HOME.jumppads.map((jumppad) => [jumppad.name, jumppad] as const))(
  'takes 56 to 63 decisions from any spawn to the %s jumppad',
  (name, jumppad) => {
    const decisions = HOME.map.spawns.map(({ x, z }) => {
      const state = { ...startState({ start: 'spawn', seed: 0 }), x, z, facing: 0, cameraYaw: 0 }
      while (!isOver(state)) advance(HOME, state, walkTo(HOME, state, jumppad))
      expect(state.outcome).toBe(name)
      return state.decision
    })
    expect(Math.min(...decisions)).toBeGreaterThanOrEqual(56)
    expect(Math.max(...decisions)).toBeLessThanOrEqual(63)
  },
)
