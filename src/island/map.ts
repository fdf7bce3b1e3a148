/**
 * Description of an island: flat ground at height 0, divided into convex surfaces that adjoin edge
 * to edge, obstacles, jumppads, and sea all around. Plain data, so that it can be stored and sent.
 *
 * Units are metres; +x is east, −z is north.
 */

export interface Point {
  readonly x: number
  readonly z: number
}

/** Axis-aligned rectangle. */
export interface Rectangle {
  readonly minX: number
  readonly maxX: number
  readonly minZ: number
  readonly maxZ: number
}

/** Returns whether a rectangle contains a point, its boundary excluded. */
export function isWithin({ minX, maxX, minZ, maxZ }: Rectangle, { x, z }: Point): boolean {
  return x > minX && x < maxX && z > minZ && z < maxZ
}

/** A convex piece of ground; its corners are in order around it, in either sense of rotation. */
export interface Surface {
  readonly name: string
  /** What it is made of: its looks differ, and so does whether plants grow on it. */
  readonly material: 'ground' | 'platform' | 'bridge'
  /** Whether it lies off the ways to the jumppads. */
  readonly aside?: boolean | undefined
  readonly corners: readonly Point[]
}

/** A solid upright cylinder on the ground; radius and height in metres. */
export interface Obstacle extends Point {
  readonly radius: number
  readonly height: number
}

/** Name of a jumppad, unique on its island: a side as seen from the spawns. */
export type JumppadName = string

/** Pattern of a jumppad's name: up to four words of lower-case letters. */
export const JUMPPAD_NAME = /^[a-z]+(?: [a-z]+){0,3}$/

/** A disc on the ground; touching it ends the episode. Its ramp rises towards `yaw`. */
export interface Jumppad extends Point {
  readonly name: JumppadName
  readonly yaw: number
  readonly radius: number
}

export interface Segment {
  readonly from: Point
  readonly to: Point
}

/** Areas in which episodes start that test recovery; see `StartKind`. */
export interface RecoveryAreas {
  /** A narrow area, in which three of ten such episodes start, and a wide one. */
  readonly 'facing-backwards': readonly [narrow: Rectangle, wide: Rectangle]
  /** In the east; its mirror image in the west is as likely. */
  readonly 'side-platform': Rectangle
  /** In the east; its mirror image in the west is as likely. */
  readonly 'past-jumppads': Rectangle
}

/** A map says at least what the ground is like and where things are; the rest follows from that. */
export interface IslandMap {
  readonly surfaces: readonly Surface[]
  readonly obstacles: readonly Obstacle[]
  readonly jumppads: readonly Jumppad[]
  readonly spawns: readonly Point[]
  /** Rectangle of whole metres that contains all land and at least two metres of sea around it. */
  readonly bounds?: Rectangle | undefined
  /** Points where shortest paths bend, besides those around obstacles. */
  readonly bends?: readonly Point[] | undefined
  /** Usual ways, which foliage and rocks keep free; the shortest paths to the jumppads if omitted. */
  readonly routes?: readonly Segment[] | undefined
  /** Without it episodes start at spawns alone. */
  readonly recovery?: RecoveryAreas | undefined
  /** Areas by the sea, past the jumppads; none if omitted. */
  readonly beyond?: readonly Rectangle[] | undefined
}

/** Height of the sea surface in metres; the ground is at 0. */
export const SEA_LEVEL = -1.5
