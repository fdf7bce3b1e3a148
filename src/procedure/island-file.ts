/** Islands as files of JSON. */
import { z } from 'zod'
import { outcomeSchema } from '../alignment/outcome-schema.ts'
import { type IslandMap, mapProblem } from '../island/index.ts'

export const ISLAND_FORMAT = 'jumppad-island'
export const ISLAND_FILE_VERSION = 1

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

const mapSchema = z.strictObject({
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

const fileSchema = z.strictObject({
  format: z.literal(ISLAND_FORMAT),
  version: z.literal(ISLAND_FILE_VERSION),
  title: z.string().min(1).max(60),
  /** What is different about it, and what is asked with it. */
  about: z.string().max(300),
  map: mapSchema,
})

/** Island with its words. */
export interface IslandFile {
  readonly title: string
  readonly about: string
  readonly map: IslandMap
}

/** Returns the text of an island's file. */
export function islandText({ title, about, map }: IslandFile): string {
  return JSON.stringify({ format: ISLAND_FORMAT, version: ISLAND_FILE_VERSION, title, about, map })
}

/**
 * Reads an island from the text of its file. Throws an Error with a sentence that says what is wrong,
 * also where the island cannot be played on.
 */
export function readIsland(text: string): IslandFile {
  const island = parseIsland(text)
  const problem = islandProblem(island.map)
  if (problem !== undefined) throw new Error(problem)
  return island
}

/**
 * Reads an island that need not be playable, such as one that is still being drawn. Throws an Error
 * with a sentence that says what is wrong.
 */
export function parseIsland(text: string): IslandFile {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error('This is not a file of an island: expected JSON.')
  }
  const read = fileSchema.safeParse(json)
  if (read.success) {
    const { title, about, map } = read.data
    return { title, about, map }
  }
  const issue = read.error.issues[0]
  const where = issue?.path.join('.') || 'the top'
  const isOther = where === 'the top' || where === 'format' || where === 'version'
  const expected = `: expected the format “${ISLAND_FORMAT}”, version ${ISLAND_FILE_VERSION}`
  throw new Error(
    `The island is damaged at ${where} (${issue?.message ?? 'unknown problem'})${isOther ? expected : ''}.`,
  )
}

/** Returns why an island cannot be played on, as a sentence; undefined if it can. */
export function islandProblem(map: IslandMap): string | undefined {
  return limitProblem(map) ?? mapProblem(map)
}

/** Minimum and maximum number of things on an island, which bound the time that finding ways takes. */
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

function limitProblem(map: IslandMap): string | undefined {
  for (const { things, least, most, numberOf } of LIMITS) {
    const found = numberOf(map)
    if (found < least) return `The island has no ${things}: add at least one.`
    if (found > most)
      return `The island has ${found} ${things}: expected at most ${most}; remove some.`
  }
  return undefined
}
