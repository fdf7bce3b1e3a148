/**
 * Occupancy heatmaps: decisions per cell of a grid over the island, the difference between two such
 * grids, and the position of a value on a colour scale.
 */
import { HOME, type World } from '../island/index.ts'

/** Default side length of a cell, metres. */
const CELL = 0.5

/** Decision counts over the island's bounds, row by row from north to south, each west to east. */
export interface Occupancy {
  /** Side length of a cell, metres. */
  readonly cell: number
  readonly columns: number
  readonly rows: number
  /** Coordinates of the north-west corner, metres. */
  readonly x: number
  readonly z: number
  /** Decisions taken in each cell, `[rows × columns]`. */
  readonly counts: Float64Array
  readonly episodes: number
  /** Sum of the counts. */
  readonly decisions: number
}

/** Recorded path: x and z in metres, before the first decision and after each one. */
interface Walked {
  readonly path: ArrayLike<number>
}

/**
 * Counts each decision in the cell where it was taken; no decision follows the final position, so
 * that is not counted. A position outside the bounds counts for the nearest cell, so that no
 * decision is lost.
 */
export function occupancy(
  episodes: Iterable<Walked>,
  cell = CELL,
  { bounds: { minX, maxX, minZ, maxZ } }: World = HOME,
): Occupancy {
  const columns = Math.ceil((maxX - minX) / cell)
  const rows = Math.ceil((maxZ - minZ) / cell)
  const counts = new Float64Array(rows * columns)
  const place = (value: number, from: number, count: number) =>
    Math.min(count - 1, Math.max(0, Math.floor((value - from) / cell)))
  let played = 0
  let decisions = 0
  for (const { path } of episodes) {
    played++
    for (let at = 0; at + 2 < path.length; at += 2) {
      const column = place(path[at] ?? 0, minX, columns)
      const row = place(path[at + 1] ?? 0, minZ, rows)
      const index = row * columns + column
      counts[index] = (counts[index] ?? 0) + 1
      decisions++
    }
  }
  return { cell, columns, rows, x: minX, z: minZ, counts, episodes: played, decisions }
}

/** Returns the decisions per 1,000 episodes in each cell; all 0 without episodes. */
export function perThousand({ counts, episodes }: Occupancy): Float64Array {
  return counts.map((count) => (episodes === 0 ? 0 : (1000 * count) / episodes))
}

/**
 * Returns for each cell its share of all decisions of `first` minus its share of those of `second`:
 * −1…1, summing to 0 unless one has no decisions. Throws an Error when the grids differ in size.
 */
export function shareDifference(first: Occupancy, second: Occupancy): Float64Array {
  if (first.columns !== second.columns || first.rows !== second.rows) {
    throw new Error(
      `Found grids of ${first.columns} × ${first.rows} and ${second.columns} × ${second.rows} cells: expected the same for both`,
    )
  }
  return first.counts.map(
    (count, index) =>
      count / Math.max(1, first.decisions) -
      (second.counts[index] ?? 0) / Math.max(1, second.decisions),
  )
}

/** Ends of a logarithmic scale. */
export interface LogScale {
  /** Lower end, above 0. */
  readonly low: number
  readonly high: number
}

/** Returns one scale that spans every positive value of all lists; undefined when there is none. */
export function commonLogScale(lists: Iterable<ArrayLike<number>>): LogScale | undefined {
  let low = Number.POSITIVE_INFINITY
  let high = 0
  for (const list of lists) {
    for (let index = 0; index < list.length; index++) {
      const value = list[index] ?? 0
      if (value <= 0) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
  }
  return high > 0 ? { low, high } : undefined
}

/**
 * Returns the position of a value on a logarithmic scale, 0…1; undefined for values of 0 or less,
 * which have no logarithm.
 */
export function logPart(value: number, { low, high }: LogScale): number | undefined {
  if (value <= 0) return undefined
  if (high <= low) return 1
  return Math.min(1, Math.max(0, Math.log(value / low) / Math.log(high / low)))
}

/** Ratio of the largest difference to that at which the scale turns from linear to logarithmic. */
const BEND = 30

/**
 * Returns the position of a difference on a scale from −`most` to `most`, as −1…1: linear near 0,
 * logarithmic beyond (Webber 2013, Measurement Science and Technology 24:027001), so that a few
 * crowded cells do not hide all others.
 */
export function signedPart(value: number, most: number): number {
  if (most <= 0) return 0
  const part = Math.log1p((BEND * Math.abs(value)) / most) / Math.log1p(BEND)
  return Math.sign(value) * Math.min(1, part)
}
