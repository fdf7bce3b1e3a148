/** Schema of the maps of islands, for files, links, clips and studies that contain one. */
import { z } from 'zod'
import { HOME, type IslandMap, mapProblem, perWorld, worldOf } from '../island/index.ts'
import { outcomeSchema } from './outcome-schema.ts'

/** Maximum distance from the origin along an axis, in metres. */
export const FARTHEST = 80

/** Maximum number of things of a kind that are read at all; `limitProblem` allows fewer. */
const MOST_READ = 500

const metres = z.number().min(-FARTHEST).max(FARTHEST)
const place = { x: metres, z: metres }
const point = z.strictObject(place)
const radius = z.number().min(0.2).max(6)
const name = z.string().min(1).max(40)
const rectangle = z
  .strictObject({ minX: metres, maxX: metres, minZ: metres, maxZ: metres })
  .refine(({ minX, maxX, minZ, maxZ }) => minX < maxX && minZ < maxZ, 'expected min below max')

const surfaceSchema = z.strictObject({
  name,
  material: z.enum(['ground', 'platform', 'bridge']),
  aside: z.boolean().optional(),
  corners: z.array(point).min(3).max(12),
})

/**
 * Schema of the map of an island, which need not be playable: it may be incomplete (`limitProblem`), or have
 * jumppads that cannot be reached (`mapProblem`).
 */
export const mapSchema: z.ZodType<IslandMap> = z.strictObject({
  surfaces: z.array(surfaceSchema).max(MOST_READ),
  obstacles: z
    .array(z.strictObject({ ...place, radius, height: z.number().min(0.5).max(10) }))
    .max(MOST_READ),
  jumppads: z
    .array(
      z.strictObject({
        ...place,
        name: outcomeSchema,
        yaw: z.number().min(-Math.PI).max(Math.PI),
        radius,
      }),
    )
    .max(MOST_READ),
  spawns: z.array(point).max(MOST_READ),
  bounds: rectangle.optional(),
  bends: z.array(point).max(120).optional(),
  routes: z
    .array(z.strictObject({ from: point, to: point }))
    .max(40)
    .optional(),
  recovery: z
    .strictObject({
      'facing-backwards': z.tuple([rectangle, rectangle]),
      'side-platform': rectangle,
      'past-jumppads': rectangle,
    })
    .optional(),
  beyond: z.array(rectangle).max(10).optional(),
})

/** Schema of the title of an island. */
export const islandTitleSchema = z
  .string()
  .min(1)
  .max(60)
  .regex(/^\P{Cc}*$/u, 'expected text without control characters')

/**
 * Schema of an island that is played on: its map, and its title for people. Whether it can be played on
 * (`islandProblem`) is checked where islands and files enter, not in each record that is read again.
 */
export const islandSchema = z.strictObject({
  title: islandTitleSchema,
  map: mapSchema.superRefine((map, context) => {
    const isFirst = worldOf({ island: map }) === HOME
    const problem = isFirst ? 'found the first island, expected none' : limitProblem(map)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  }),
})

/** Island that is played on. */
export type PlayedIsland = Readonly<z.infer<typeof islandSchema>>

/** Returns why an island cannot be played on, as a sentence; undefined if it can. */
export function islandProblem(map: IslandMap): string | undefined {
  return limitProblem(map) ?? problemIn(worldOf({ island: map })).problem
}

/** Finding ways takes tens of milliseconds, and files hold the same island again and again. */
const problemIn = perWorld(({ map }) => ({ problem: mapProblem(map) }))

/** Minimum and maximum number of things on an island, which bound the time that pathfinding takes. */
const LIMITS = [
  { things: 'surfaces', least: 1, most: 24, numberOf: (map: IslandMap) => map.surfaces.length },
  {
    things: 'corners of surfaces',
    least: 3,
    most: 120,
    numberOf: (map: IslandMap) =>
      map.surfaces.reduce((sum, { corners }) => sum + corners.length, 0),
  },
  { things: 'obstacles', least: 0, most: 24, numberOf: (map: IslandMap) => map.obstacles.length },
  { things: 'jumppads', least: 1, most: 8, numberOf: (map: IslandMap) => map.jumppads.length },
  { things: 'spawns', least: 1, most: 16, numberOf: (map: IslandMap) => map.spawns.length },
] as const

/** Returns why an island has too few or too many things, as a sentence; undefined if it does not. */
export function limitProblem(map: IslandMap): string | undefined {
  for (const { things, least, most, numberOf } of LIMITS) {
    const found = numberOf(map)
    if (found < least) return `The island has no ${things}: add at least one.`
    if (found > most)
      return `The island has ${found} ${things}: expected at most ${most}; remove some.`
  }
  return undefined
}
