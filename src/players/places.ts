/** Places that scripted players head for, and their choice of waypoints on the way. */
import {
  ALL_ROUND,
  distance,
  HOME,
  type Jumppad,
  type JumppadName,
  type Navigator,
  navigatorTo,
  type Point,
  type Surface,
  type World,
} from '../island/index.ts'

/** Distance in metres at which players notice the sea around a point. */
const SEA_IN_SIGHT = 1.2

/** Returns the jumppad of this name. Throws a RangeError if the world has none. */
export function jumppadNamed(world: World, name: JumppadName): Jumppad {
  const found = world.jumppads.find((jumppad) => jumppad.name === name)
  if (found === undefined) throw new RangeError(`There is no jumppad "${name}" on the map.`)
  return found
}

/**
 * Returns a point relative to a jumppad, in metres: `beyond` it as seen from the middle of the
 * island's head, and `aside` to the right.
 */
export function besideJumppad(jumppad: Jumppad, beyond: number, aside: number): Point {
  const outX = jumppad.x === 0 ? 0 : 0.8 * Math.sign(jumppad.x)
  const outZ = jumppad.x === 0 ? -1 : -0.6
  return {
    x: jumppad.x + beyond * outX - aside * outZ,
    z: jumppad.z + beyond * outZ + aside * outX,
  }
}

/** Returns the first surface of the map that contains (x, z), or undefined at sea. */
export function surfaceAt({ map }: World, x: number, z: number): Surface | undefined {
  return map.surfaces.find(({ corners }) => isInside(corners, x, z))
}

/** Returns whether a convex outline contains (x, z), its boundary included. */
function isInside(corners: readonly Point[], x: number, z: number): boolean {
  let left = 0
  let right = 0
  corners.forEach((from, i) => {
    const to = corners[(i + 1) % corners.length] ?? from
    const side = (to.x - from.x) * (z - from.z) - (to.z - from.z) * (x - from.x)
    if (side > 0) left += 1
    if (side < 0) right += 1
  })
  return left === 0 || right === 0
}

/** Returns the middle of a part of an island's corners; undefined if it has no part of this name. */
function middleOf({ map }: World, part: string): Point | undefined {
  const corners = map.surfaces.find(({ name }) => name === part)?.corners
  if (corners === undefined) return undefined
  const mean = (of: (corner: Point) => number) =>
    corners.reduce((sum, corner) => sum + of(corner), 0) / corners.length
  return { x: mean(({ x }) => x), z: mean(({ z }) => z) }
}

/** Metres by which a part of the first island lies elsewhere; 0 where either island has no such part. */
export function shiftOf(world: World, part: string): Point {
  const [here, there] = [middleOf(world, part), middleOf(HOME, part)]
  return here && there ? { x: here.x - there.x, z: here.z - there.z } : { x: 0, z: 0 }
}

/**
 * Returns the corners of the surface of this name, or of the first surface where there is none, inset from
 * its edges. Throws a RangeError for an island without surfaces.
 */
export function railOf({ map }: World, name: string, inset: number): Point[] {
  const corners = (map.surfaces.find((surface) => surface.name === name) ?? map.surfaces[0])
    ?.corners
  if (corners === undefined) throw new RangeError('The map has no surfaces.')
  return corners.map((corner, i) => {
    const before = corners[(i + corners.length - 1) % corners.length] ?? corner
    const after = corners[(i + 1) % corners.length] ?? corner
    const back = distance(corner.x, corner.z, before)
    const ahead = distance(corner.x, corner.z, after)
    const backX = (before.x - corner.x) / back
    const backZ = (before.z - corner.z) / back
    const aheadX = (after.x - corner.x) / ahead
    const aheadZ = (after.z - corner.z) / ahead
    // Moving along both edges by inset ÷ sine of the angle between them puts it inset from each.
    const reach = inset / Math.abs(backX * aheadZ - backZ * aheadX)
    return { x: corner.x + reach * (backX + aheadX), z: corner.z + reach * (backZ + aheadZ) }
  })
}

/**
 * Returns the next waypoint to the navigator's target, with bends moved `comfort` metres inland.
 */
export function wayTo(navigator: Navigator, x: number, z: number, comfort: number): Point {
  const bend = nextBend(navigator, x, z)
  if (bend === navigator.target || distance(x, z, bend) < comfort) return bend
  return inland(navigator.world, bend, comfort)
}

/**
 * Returns the path's next waypoint, or a point 2 m inland at the few places where no path is found.
 */
function nextBend(navigator: Navigator, x: number, z: number): Point {
  try {
    return navigator.next(x, z)
  } catch {
    return inland(navigator.world, { x, z }, 2)
  }
}

/** Returns a point moved away from nearby sea; unchanged if there is none, or sea on all sides. */
function inland(world: World, place: Point, metres: number): Point {
  let x = 0
  let z = 0
  for (const side of ALL_ROUND) {
    if (world.onLand(place.x + SEA_IN_SIGHT * side.x, place.z + SEA_IN_SIGHT * side.z)) {
      x += side.x
      z += side.z
    }
  }
  const length = Math.sqrt(x * x + z * z)
  if (length < 0.5) return place
  return { x: place.x + (metres * x) / length, z: place.z + (metres * z) / length }
}

/** Returns the navigator to a jumppad. */
export function navigatorToJumppad(world: World, name: JumppadName): Navigator {
  const { x, z } = jumppadNamed(world, name)
  return navigatorTo(world, x, z)
}
