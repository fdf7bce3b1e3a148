/** Corners of the land that paths bend around. */
import { ALL_ROUND, isClear } from './clearance.ts'
import { cos, PI, sin } from './exact.ts'
import type { Point } from './map.ts'
import type { World } from './world.ts'

/** Distances in metres from a corner at which paths may bend around it. */
const BEND_DISTANCES = [0.5, 0.8]

/** Distance in metres from a corner at which its surroundings are looked at. */
const SURROUNDINGS = 0.6

/** Number of sides on which the surroundings of a corner are looked at. */
const SIDES = 32

/** Minimum number of these with land where the sea juts into it: one more than along a straight shore. */
const SIDES_OF_LAND = 18

const ALL_SIDES: readonly Point[] = Array.from({ length: SIDES }, (_, i) => {
  const angle = (2 * PI * i) / SIDES
  return { x: cos(angle), z: sin(angle) }
})

/** Returns clear points around all corners where the sea juts into the land. */
export function cornerBends(world: World): Point[] {
  return cornersOf(world)
    .filter((corner) => {
      const land = around(corner, ALL_SIDES, SURROUNDINGS).filter(({ x, z }) => world.onLand(x, z))
      return land.length >= SIDES_OF_LAND && land.length < SIDES
    })
    .flatMap((corner) => BEND_DISTANCES.flatMap((metres) => around(corner, ALL_ROUND, metres)))
    .filter(({ x, z }) => isClear(world, x, z))
}

function around({ x, z }: Point, sides: readonly Point[], metres: number): Point[] {
  return sides.map((side) => ({ x: x + metres * side.x, z: z + metres * side.z }))
}

/** Returns the corners of all surfaces, and the points where edges of two surfaces cross. */
function cornersOf({ map: { surfaces } }: World): Point[] {
  const corners = surfaces.flatMap((surface) => surface.corners)
  const crossings = surfaces.flatMap((first, i) =>
    surfaces
      .slice(i + 1)
      .flatMap((second) =>
        edgesOf(first.corners).flatMap((a) =>
          edgesOf(second.corners).flatMap((b) => crossing(a, b) ?? []),
        ),
      ),
  )
  const known = new Set<string>()
  return [...corners, ...crossings].filter(({ x, z }) => {
    const name = `${Math.round(10 * x)} ${Math.round(10 * z)}`
    if (known.has(name)) return false
    known.add(name)
    return true
  })
}

type Edge = readonly [from: Point, to: Point]

/** Returns the edges of an outline. */
export function edgesOf(corners: readonly Point[]): Edge[] {
  return corners.map((from, i) => [from, corners[(i + 1) % corners.length] ?? from])
}

/** Returns the point where two edges cross; undefined if they do not, or are parallel. */
export function crossing([a, b]: Edge, [c, d]: Edge): Point | undefined {
  const turn = (b.x - a.x) * (d.z - c.z) - (b.z - a.z) * (d.x - c.x)
  if (turn === 0) return undefined
  const along = ((c.x - a.x) * (d.z - c.z) - (c.z - a.z) * (d.x - c.x)) / turn
  const across = ((c.x - a.x) * (b.z - a.z) - (c.z - a.z) * (b.x - a.x)) / turn
  if (along < 0 || along > 1 || across < 0 || across > 1) return undefined
  return { x: a.x + along * (b.x - a.x), z: a.z + along * (b.z - a.z) }
}
