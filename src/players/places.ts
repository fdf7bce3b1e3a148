/** Places that people on the island go to, and where they think the way there leads. */
import {
  ALL_ROUND,
  distance,
  JUMPPADS,
  type Jumppad,
  type JumppadName,
  Navigator,
  onLand,
  type Point,
  SURFACES,
  type SurfaceName,
} from '../island/index.ts'

/** Metres from a place at which people notice the sea. */
const SEA_IN_SIGHT = 1.2

/** The jumppad of this name. */
export function jumppadNamed(name: JumppadName): Jumppad {
  const found = JUMPPADS.find((jumppad) => jumppad.name === name)
  if (found === undefined) throw new RangeError(`There is no jumppad "${name}" on the map.`)
  return found
}

/**
 * A place given from a jumppad, in metres: beyond it as seen from the middle of the island's head,
 * and to the right of it.
 */
export function besideJumppad(jumppad: Jumppad, beyond: number, aside: number): Point {
  const outX = jumppad.x === 0 ? 0 : 0.8 * Math.sign(jumppad.x)
  const outZ = jumppad.x === 0 ? -1 : -0.6
  return {
    x: jumppad.x + beyond * outX - aside * outZ,
    z: jumppad.z + beyond * outZ + aside * outX,
  }
}

/** The surface at (x, z): the first one on the map whose middle sees the place from inside. */
export function surfaceAt(x: number, z: number): SurfaceName | undefined {
  return SURFACES.find(({ corners }) => isInside(corners, x, z))?.name
}

/** Whether (x, z) lies on the same side of every edge of a convex outline. */
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

/** The corners of a surface, pulled this many metres away from both edges that meet there. */
export function railOf(name: SurfaceName, inset: number): Point[] {
  const corners = SURFACES.find((surface) => surface.name === name)?.corners
  if (corners === undefined) throw new RangeError(`There is no surface "${name}" on the map.`)
  return corners.map((corner, i) => {
    const before = corners[(i + corners.length - 1) % corners.length] ?? corner
    const after = corners[(i + 1) % corners.length] ?? corner
    const back = distance(corner.x, corner.z, before)
    const ahead = distance(corner.x, corner.z, after)
    const backX = (before.x - corner.x) / back
    const backZ = (before.z - corner.z) / back
    const aheadX = (after.x - corner.x) / ahead
    const aheadZ = (after.z - corner.z) / ahead
    // Along both edges by inset ÷ the sine of the angle between them keeps inset from each.
    const reach = inset / Math.abs(backX * aheadZ - backZ * aheadX)
    return { x: corner.x + reach * (backX + aheadX), z: corner.z + reach * (backZ + aheadZ) }
  })
}

/** Where to walk now on the way to a place, keeping away from the sea by so many metres at bends. */
export function wayTo(navigator: Navigator, x: number, z: number, comfort: number): Point {
  const bend = nextBend(navigator, x, z)
  if (bend === navigator.target || distance(x, z, bend) < comfort) return bend
  return inland(bend, comfort)
}

/** The way's next bend; at the few places from which none is in sight, some steps inland. */
function nextBend(navigator: Navigator, x: number, z: number): Point {
  try {
    return navigator.next(x, z)
  } catch {
    return inland({ x, z }, 2)
  }
}

/** A place moved away from the sea near it; the same place where there is none, or all around. */
function inland(place: Point, metres: number): Point {
  let x = 0
  let z = 0
  for (const side of ALL_ROUND) {
    if (onLand(place.x + SEA_IN_SIGHT * side.x, place.z + SEA_IN_SIGHT * side.z)) {
      x += side.x
      z += side.z
    }
  }
  const length = Math.sqrt(x * x + z * z)
  if (length < 0.5) return place
  return { x: place.x + (metres * x) / length, z: place.z + (metres * z) / length }
}

const navigators = new Map<JumppadName, Navigator>()

/** The ways to a jumppad, worked out once. */
export function navigatorToJumppad(name: JumppadName): Navigator {
  let navigator = navigators.get(name)
  if (navigator === undefined) {
    const { x, z } = jumppadNamed(name)
    navigator = new Navigator(x, z)
    navigators.set(name, navigator)
  }
  return navigator
}
