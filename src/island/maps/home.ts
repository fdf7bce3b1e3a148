/**
 * The island of the paper's trajectory heatmap ("Aligning Agents like Large Language Models", arXiv
 * 2406.04208): spawns at the foot, a neck, a hexagonal head, the left and right jumppads on
 * diagonals off its shoulders. It is its own mirror image under x → −x.
 */
import type { IslandMap, Jumppad, Point, Surface } from '../map.ts'

type Material = Surface['material']

function rectangle(
  [name, material]: readonly [string, Material],
  x0: number,
  x1: number,
  z0: number,
  z1: number,
): Surface {
  const corners = [
    { x: x0, z: z0 },
    { x: x1, z: z0 },
    { x: x1, z: z1 },
    { x: x0, z: z1 },
  ]
  return { name, material, corners }
}

function mirrored(name: string, { corners, ...surface }: Surface): Surface {
  return { ...surface, name, corners: corners.map(({ x, z }) => ({ x: -x, z })) }
}

/** The head. Its shoulder from (15, −19) to (6, −31) has the outward normal (0.8, −0.6). */
const HEAD: Surface = {
  name: 'head',
  material: 'ground',
  corners: [
    { x: 6, z: -8 },
    { x: 15, z: -19 },
    { x: 6, z: -31 },
    { x: -6, z: -31 },
    { x: -15, z: -19 },
    { x: -6, z: -8 },
  ],
}

/**
 * Jetty at a right angle to the middle of the right shoulder, (10.5, −25); 6 m wide, 7.5 m long.
 */
const EAST_JETTY: Surface = {
  name: 'east jetty',
  material: 'ground',
  corners: [
    { x: 12.3, z: -22.6 },
    { x: 18.3, z: -27.1 },
    { x: 14.7, z: -31.9 },
    { x: 8.7, z: -27.4 },
  ],
}

const EAST_BRIDGE = {
  ...rectangle(['east bridge', 'bridge'], 3.5, 8, -5.6, -2.6),
  aside: true,
}
const EAST_PLATFORM = {
  ...rectangle(['east platform', 'platform'], 8, 18, -7, 3),
  aside: true,
}

/** Yaw of the left shoulder's outward normal: its sine is 0.8 and its cosine 0.6. */
const SHOULDER_YAW = 0.9272952180016122

/** Jumppads from west to east; their names are the sides as seen from the spawns. */
const JUMPPADS: readonly Jumppad[] = [
  { name: 'left', x: -14.9, z: -28.3, yaw: SHOULDER_YAW, radius: 1.6 },
  { name: 'middle', x: 0, z: -32, yaw: 0, radius: 1.6 },
  { name: 'right', x: 14.9, z: -28.3, yaw: -SHOULDER_YAW, radius: 1.6 },
]

/** Bends in the eastern half: corners of the neck, of the bridges and of the jetties. */
const EASTERN_BENDS: readonly Point[] = [
  { x: 3.1, z: -1 }, // the neck's ends
  { x: 3.1, z: -8 },
  { x: 1.4, z: -0.2 },
  { x: 3.5, z: -3 }, // the bridge's ends
  { x: 3.5, z: -5.2 },
  { x: 8, z: -3 },
  { x: 8, z: -5.2 },
  { x: 9.2, z: -4.1 },
  { x: 2.6, z: -31 }, // the middle jetty
  { x: 12.06, z: -22.92 }, // the right jetty
  { x: 8.94, z: -27.08 },
  { x: 13.9, z: -30.4 },
]

/** Where the routes to the jumppads part. */
const FORK = { x: 0, z: -8 }

/** Outcomes on this island. */
export const HOME_OUTCOMES = ['left', 'middle', 'right'] as const
export type HomeOutcome = (typeof HOME_OUTCOMES)[number]

/** Endings of episodes on this island. */
export const HOME_ENDINGS = ['none', ...HOME_OUTCOMES] as const
export type HomeEnding = (typeof HOME_ENDINGS)[number]

export const HOME_MAP: IslandMap = {
  // The western surfaces are mirrored from the eastern ones.
  surfaces: [
    rectangle(['spawn platform', 'platform'], -5, 5, -1, 8),
    rectangle(['neck', 'ground'], -3.5, 3.5, -8, -1),
    HEAD,
    rectangle(['middle jetty', 'ground'], -3, 3, -34, -31),
    EAST_JETTY,
    mirrored('west jetty', EAST_JETTY),
    EAST_PLATFORM,
    mirrored('west platform', EAST_PLATFORM),
    EAST_BRIDGE,
    mirrored('west bridge', EAST_BRIDGE),
  ],
  obstacles: [
    { x: -3.5, z: -15, radius: 1.3, height: 2.6 },
    { x: 3.5, z: -15, radius: 1.3, height: 2.6 },
    { x: -3.5, z: -22, radius: 1.3, height: 2.6 },
    { x: 3.5, z: -22, radius: 1.3, height: 2.6 },
  ],
  jumppads: JUMPPADS,
  spawns: [
    { x: -1.5, z: 2.5 },
    { x: 1.5, z: 2.5 },
    { x: -1.5, z: 4.5 },
    { x: 1.5, z: 4.5 },
  ],
  bounds: { minX: -21, maxX: 21, minZ: -37, maxZ: 11 },
  bends: EASTERN_BENDS.flatMap(({ x, z }) => [
    { x, z },
    { x: -x, z },
  ]),
  // From the spawns through the neck, over the bridges, and to each jumppad.
  routes: [
    { from: { x: 0, z: 6 }, to: FORK },
    { from: { x: -13, z: -4.1 }, to: { x: 13, z: -4.1 } },
    ...JUMPPADS.map(({ x, z }) => ({ from: FORK, to: { x, z } })),
  ],
  recovery: {
    'facing-backwards': [
      { minX: -1.7, maxX: 1.7, minZ: -7.5, maxZ: -1 },
      { minX: -8, maxX: 8, minZ: -28, maxZ: -9 },
    ],
    'side-platform': { minX: 9, maxX: 13, minZ: -6, maxZ: 2 },
    'past-jumppads': { minX: 3.6, maxX: 8.5, minZ: -30.2, maxZ: -27 },
  },
  // The two corners of the head between the jumppads, with the sea around them.
  beyond: [
    { minX: -9, maxX: -3.6, minZ: -60, maxZ: -27 },
    { minX: 3.6, maxX: 9, minZ: -60, maxZ: -27 },
  ],
}
