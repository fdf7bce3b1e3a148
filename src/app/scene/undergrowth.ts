/**
 * Details that only people see: tufts and flowers on the ground, boulders at the foot of the cliffs.
 * Their places are fixed; the episode's look decides how many tufts and flowers are shown.
 */
import { type Point, SEA_LEVEL, type Surface, type World } from '../../island/index.ts'
import { grain } from './grain.ts'
import type { Placed } from './Instances.tsx'
import { distanceInside } from './outline.ts'

const TUFTS = 900
const FLOWERS = 110
const BOULDERS = 84

/** Metres that plants keep from edges, and from obstacles and jumppads. */
const EDGE = 0.7
const CLEARANCE = 0.5

export interface Undergrowth {
  readonly tufts: readonly Placed[]
  readonly flowers: readonly Placed[]
  readonly boulders: readonly Placed[]
}

export function undergrowth(world: World, shores: readonly Point[][]): Undergrowth {
  const places = scatter(world, TUFTS + FLOWERS)
  return {
    tufts: places.slice(0, TUFTS).map((place, i) => plant(place, i, 0.1, 0.24)),
    flowers: places.slice(TUFTS).map((place, i) => plant(place, i, 0.13, 0.3)),
    boulders: boulders(shores.flat()),
  }
}

/** Returns places on the meadows, in clumps. */
function scatter(world: World, count: number): Point[] {
  const { minX, maxX, minZ, maxZ } = world.bounds
  const meadows = world.map.surfaces.filter(({ material }) => material === 'ground')
  const places: Point[] = []
  for (let i = 0; places.length < count && i < 40 * count; i++) {
    const clump = Math.floor(i / 6)
    const spread = 1.5 * grain(i, 73)
    const turn = 2 * Math.PI * grain(i, 74)
    const x = minX + (maxX - minX) * grain(clump, 71) + spread * Math.cos(turn)
    const z = minZ + (maxZ - minZ) * grain(clump, 72) + spread * Math.sin(turn)
    if (isOpen(world, meadows, x, z)) places.push({ x, z })
  }
  return places
}

function isOpen(
  { obstacles, jumppads }: World,
  meadows: readonly Surface[],
  x: number,
  z: number,
): boolean {
  return (
    meadows.some((surface) => distanceInside(surface, x, z) > EDGE) &&
    [...obstacles, ...jumppads].every(
      (solid) => Math.hypot(x - solid.x, z - solid.z) > solid.radius + CLEARANCE,
    )
  )
}

function plant({ x, z }: Point, i: number, radius: number, height: number): Placed {
  const size = 0.7 + 0.8 * grain(i, 77)
  return { x, y: 0, z, yaw: 6.3 * grain(i, 78), radius: radius * size, height: height * size }
}

function boulders(shore: readonly Point[]): Placed[] {
  return Array.from({ length: BOULDERS }, (_, i) => {
    const at = shore[Math.floor(grain(i, 81) * shore.length)] ?? { x: 0, z: 0 }
    const turn = 2 * Math.PI * grain(i, 82)
    const size = 0.25 + 0.75 * grain(i, 83) ** 2
    return {
      x: at.x + 0.6 * Math.cos(turn),
      y: SEA_LEVEL - 0.3 * size,
      z: at.z + 0.6 * Math.sin(turn),
      yaw: turn,
      radius: size,
      height: 1.1 * size,
    }
  })
}
