/** Insertion of corners into the outlines of surfaces, which stay convex. */
import { clamp } from '@mantine/hooks'
import { limitProblem, mapSchema } from '../../alignment/map-schema.ts'
import { type IslandMap, mapProblem, type Point, type Surface } from '../../island/index.ts'
import { type Added, type OutlineCorner, placeOf, rounded, thingsOf, within } from './things.ts'

/** Minimum distance in metres of a new corner from both ends of its edge. */
const LEAST_DISTANCE = 0.2

/** Maximum distance in metres of a new corner outwards from its edge: so little that it is not seen. */
const BULGE = 1e-4

interface Refused {
  /** Reason why no corner can be inserted, as a sentence. */
  readonly reason: string
}

/**
 * Returns the island with a corner in the edge that follows another one, and the new corner: at a share of
 * the edge's length, half of it if omitted.
 */
export function withInserted(map: IslandMap, after: OutlineCorner, share = 0.5): Added | Refused {
  const surface = map.surfaces[after.surface]
  const place = surface && placeIn(surface.corners, after.index, share)
  if (surface === undefined || place === undefined) {
    return { reason: `The edge after this corner is shorter than ${2 * LEAST_DISTANCE} m.` }
  }
  const index = after.index + 1
  const changed = { ...surface, corners: surface.corners.toSpliced(index, 0, place) }
  const inserted = { ...map, surfaces: map.surfaces.with(after.surface, changed) }
  const reason = limitReason(map, inserted, changed) ?? shapeReason(surface, changed)
  return reason === undefined ? { map: inserted, thing: { ...after, index } } : { reason }
}

/** Returns the place of a corner in the edge that begins at `index`; undefined if the edge is too short. */
function placeIn(corners: readonly Point[], index: number, share: number): Point | undefined {
  const from = corners[index]
  const to = corners[(index + 1) % corners.length]
  if (!from || !to) return undefined
  const length = Math.hypot(to.x - from.x, to.z - from.z)
  if (length < 2 * LEAST_DISTANCE) return undefined
  const least = LEAST_DISTANCE / length
  const part = clamp(share, least, 1 - least)
  const x = from.x + part * (to.x - from.x)
  const z = from.z + part * (to.z - from.z)
  if (from.x === to.x) return { x, z: rounded(z) }
  if (from.z === to.z) return { x: rounded(x), z }
  // Rounding would put the corner of a slanting edge on its inner side about as often as on the outer one.
  const outwards = (senseOf(corners) * bulgeIn(corners, index, part)) / length
  return {
    x: within(x + outwards * (to.z - from.z)),
    z: within(z - outwards * (to.x - from.x)),
  }
}

/** Returns 1 if an outline runs clockwise on a map with north up, −1 if the other way round. */
function senseOf(corners: readonly Point[]): number {
  const area = corners.reduce((sum, a, i) => {
    const b = corners[(i + 1) % corners.length] ?? a
    return sum + a.x * b.z - b.x * a.z
  }, 0)
  return Math.sign(area)
}

/** Returns how far outwards a corner goes at a part of the edge that begins at `index`, in metres. */
function bulgeIn(corners: readonly Point[], index: number, part: number): number {
  const at = (step: number) => corners[(index + step + corners.length) % corners.length]
  const [before, from, to, after] = [at(-1), at(0), at(1), at(2)]
  if (!before || !from || !to || !after) return 0
  const length = Math.hypot(to.x - from.x, to.z - from.z)
  const sense = senseOf(corners)
  const room = Math.min(
    part * length * riseAt(before, from, to, sense),
    (1 - part) * length * riseAt(after, to, from, -sense),
  )
  // Half of the room, so that further corners fit on both sides of this one.
  return Math.min(BULGE, room / 2)
}

/**
 * Returns how far outwards the edge from `a` to `b` would lead if it went on past `b`: in metres from the
 * edge from `b` to `c`, for each metre along it. Nothing between the two keeps an outline convex.
 */
function riseAt(a: Point, b: Point, c: Point, sense: number): number {
  const [x, z] = [b.x - a.x, b.z - a.z]
  const [nextX, nextZ] = [c.x - b.x, c.z - b.z]
  const along = x * nextX + z * nextZ
  if (along <= 0) return Number.POSITIVE_INFINITY
  return Math.max(0, (sense * (x * nextZ - z * nextX)) / along)
}

/** Returns why an island cannot have one more corner, as a sentence; undefined if it can. */
function limitReason(before: IslandMap, after: IslandMap, changed: Surface): string | undefined {
  if (!mapSchema.safeParse(alone(changed)).success) {
    return `“${changed.name}” has ${changed.corners.length - 1} corners, as many as a surface can have.`
  }
  const problem = limitProblem(after)
  if (problem === undefined || problem === limitProblem(before)) return undefined
  const { length } = before.surfaces.flatMap(({ corners }) => corners)
  return `The island has ${length} corners, as many as it can have: remove one first.`
}

/** Returns why an outline cannot have a new corner, as a sentence; undefined if it can. */
function shapeReason(before: Surface, after: Surface): string | undefined {
  const isRefused = mapProblem(alone(before)) === undefined && mapProblem(alone(after))
  if (!isRefused) return undefined
  return 'The outline goes straight on at an end of this edge: move the corner there outwards first.'
}

/** Returns an island of one surface, with nothing on it. */
function alone(surface: Surface): IslandMap {
  return { surfaces: [surface], obstacles: [], jumppads: [], spawns: [] }
}

/** Place on an edge. */
interface EdgePlace {
  /** Corner at which the edge begins. */
  readonly corner: OutlineCorner
  /** Share of the edge's length up to the place. */
  readonly share: number
}

/** Returns the place on an edge that is nearest to a position; undefined if none, or a thing, is in reach. */
export function edgePlaceAt(map: IslandMap, at: Point, reach: number): EdgePlace | undefined {
  const metresTo = ({ x, z }: Point) => Math.hypot(x - at.x, z - at.z)
  const places = thingsOf(map).flatMap((thing) => placeOf(map, thing) ?? [])
  if (places.some((place) => metresTo(place) <= reach)) return undefined
  const edges = map.surfaces.flatMap(({ corners }, surface) =>
    corners.map((from, index) => {
      const to = corners[(index + 1) % corners.length] ?? from
      const share = shareAt(from, to, at)
      const [x, z] = [from.x + share * (to.x - from.x), from.z + share * (to.z - from.z)]
      return {
        corner: { kind: 'corner', surface, index } as const,
        share,
        metres: metresTo({ x, z }),
      }
    }),
  )
  const nearest = edges.toSorted((a, b) => a.metres - b.metres)[0]
  return nearest && nearest.metres <= reach ? nearest : undefined
}

/** Returns the share of an edge's length up to its place nearest to a position. */
function shareAt(from: Point, to: Point, at: Point): number {
  const [x, z] = [to.x - from.x, to.z - from.z]
  const squared = x * x + z * z
  return squared === 0 ? 0 : clamp(((at.x - from.x) * x + (at.z - from.z) * z) / squared, 0, 1)
}
