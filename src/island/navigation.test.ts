import { expect, it } from 'vitest'
import { isClear, isWayClear, nearestClear } from './clearance.ts'
import { RandomStream, rootKey } from './key.ts'
import { advance } from './motion.ts'
import { navigatorTo, nextWaypoint, routeTo } from './navigation.ts'
import { startState } from './state.ts'
import { walkTo } from './walker.ts'
import { HOME } from './world.ts'

/** Draws n clear points from the whole island, including the side platforms. */
function clearPlaces(n: number, seed: number) {
  const random = new RandomStream(rootKey(seed))
  const places = []
  while (places.length < n) {
    const x = random.range(HOME.bounds.minX, HOME.bounds.maxX)
    const z = random.range(HOME.bounds.minZ, HOME.bounds.maxZ)
    if (isClear(HOME, x, z)) places.push({ x, z })
  }
  return places
}

it('keeps clear of the sea and of obstacles', () => {
  for (const { x, z } of clearPlaces(500, 1)) {
    expect(HOME.onLand(x - 0.2, z) && HOME.onLand(x + 0.2, z) && HOME.onLand(x, z - 0.2)).toBe(true)
    for (const o of HOME.obstacles)
      expect(Math.hypot(x - o.x, z - o.z)).toBeGreaterThan(o.radius + 0.4)
  }
  expect(isWayClear(HOME, 3.5, -10, 3.5, -26)).toBe(false)
  expect(isWayClear(HOME, 0, -10, 0, -30)).toBe(true)
  expect(isWayClear(HOME, 0, 4, 12, 0)).toBe(false)
})

it('finds clear land near any place', () => {
  expect(nearestClear(HOME, 0, 0)).toEqual({ x: 0, z: 0 })
  for (const [x, z] of [
    [5.2, 4],
    [3.5, -15],
    [0, 40],
    [-12, 2.9],
  ] as const) {
    const found = nearestClear(HOME, x, z)
    expect(isClear(HOME, found.x, found.z)).toBe(true)
  }
  expect(
    Math.hypot(nearestClear(HOME, 5.2, 4).x - 5.2, nearestClear(HOME, 5.2, 4).z - 4),
  ).toBeLessThan(0.9)
})

it('finds routes that are clear throughout, and no longer than necessary', () => {
  const places = clearPlaces(120, 2)
  for (const [i, from] of places.entries()) {
    const to = places[(i * 7 + 1) % places.length] ?? from
    const route = [from, ...routeTo(HOME, from, to)]
    let length = 0
    for (const [k, b] of route.entries()) {
      const a = route[k - 1] ?? from
      expect(isWayClear(HOME, a.x, a.z, b.x, b.z)).toBe(true)
      length += Math.hypot(b.x - a.x, b.z - a.z)
    }
    expect(route.at(-1)).toEqual(to)
    const promised = navigatorTo(HOME, to.x, to.z).distance(from.x, from.z)
    expect(Math.abs(length - promised)).toBeLessThan(0.3)
    expect(promised).toBeGreaterThanOrEqual(Math.hypot(to.x - from.x, to.z - from.z) - 1e-9)
  }
})

it('finds a route no longer than a search over a fine grid does', () => {
  const step = 0.5
  const clear = (i: number, j: number) => isClear(HOME, i * step, j * step)
  const goal = HOME.jumppads[2] ?? { x: 0, z: 0 }
  // Dijkstra over 16 moves on the grid, whose paths are at most 3 % too long.
  const lengths = new Map<string, number>([['0,8', 0]])
  const open = new Map(lengths)
  while (open.size > 0) {
    const [key, length] = [...open].reduce((a, b) => (b[1] < a[1] ? b : a))
    open.delete(key)
    const [i = 0, j = 0] = key.split(',').map(Number)
    for (const [di, dj] of MOVES) {
      const to = `${i + di},${j + dj}`
      const total = length + step * Math.hypot(di, dj)
      if (total >= (lengths.get(to) ?? Number.POSITIVE_INFINITY) || !clear(i + di, j + dj)) continue
      if (!isWayClear(HOME, i * step, j * step, (i + di) * step, (j + dj) * step)) continue
      lengths.set(to, total)
      open.set(to, total)
    }
  }
  const near = `${Math.round(goal.x / step)},${Math.round(goal.z / step)}`
  const slow = lengths.get(near) ?? 0
  const quick = navigatorTo(
    HOME,
    Math.round(goal.x / step) * step,
    Math.round(goal.z / step) * step,
  )
  expect(slow).toBeGreaterThan(30)
  expect(quick.distance(0, 4)).toBeLessThan(slow + 0.1)
  expect(quick.distance(0, 4)).toBeGreaterThan(slow * 0.96)
})

const MOVES = [-2, -1, 0, 1, 2].flatMap((di) =>
  [-2, -1, 0, 1, 2]
    .filter((dj) => Math.abs(di) % 2 === 1 || Math.abs(dj) === 1)
    .map((dj) => [di, dj] as const),
)

it('leads a walker from any place to any other without falling into the sea', () => {
  const places = clearPlaces(60, 3)
  for (const [i, from] of places.entries()) {
    const to = places[(i + 1) % places.length] ?? from
    const state = { ...startState({ start: 'spawn', seed: i }), x: from.x, z: from.z }
    const limit = 20 + navigatorTo(HOME, to.x, to.z).distance(from.x, from.z) / 0.5
    let decisions = 0
    while (Math.hypot(state.x - to.x, state.z - to.z) > 0.7 && decisions < limit) {
      advance(HOME, state, walkTo(HOME, state, to))
      decisions += 1
      if (state.outcome) break // the path may cross a jumppad
    }
    expect(decisions).toBeLessThan(limit)
    expect(state.swims).toBe(0)
  }
})

it('gives the next bend, then the target', () => {
  const left = HOME.jumppads[0] ?? { x: 0, z: 0 }
  const spawn = HOME.map.spawns[0] ?? { x: 0, z: 0 }
  expect(nextWaypoint(HOME, spawn, left)).toEqual({ x: -3.1, z: -8 })
  expect(nextWaypoint(HOME, { x: -2.1, z: -8 }, left)).toEqual({ x: left.x, z: left.z })
})
