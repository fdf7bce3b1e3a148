/** Islands as files of JSON. */
import { z } from 'zod'
import { outcomeSchema } from '../alignment/outcome-schema.ts'
import { type IslandMap, mapProblem } from '../island/index.ts'

export const ISLAND_FORMAT = 'jumppad-island'
export const ISLAND_FILE_VERSION = 1

/** Largest distance from the origin, metres. */
const FARTHEST = 80

/** Most corners of all surfaces together, which bounds the time that finding ways takes. */
const MOST_CORNERS = 120

const metres = z.number().min(-FARTHEST).max(FARTHEST)
const place = { x: metres, z: metres }
const point = z.strictObject(place)
const radius = z.number().min(0.2).max(6)
const name = z.string().min(1).max(40)
const rectangle = z
  .strictObject({ minX: metres, maxX: metres, minZ: metres, maxZ: metres })
  .refine(({ minX, maxX, minZ, maxZ }) => minX < maxX && minZ < maxZ, 'expected min below max')

const mapSchema = z.strictObject({
  surfaces: z
    .array(
      z.strictObject({
        name,
        material: z.enum(['ground', 'platform', 'bridge']),
        aside: z.boolean().optional(),
        corners: z.array(point).min(3).max(12),
      }),
    )
    .min(1)
    .max(24)
    .refine(
      (surfaces) => surfaces.reduce((sum, { corners }) => sum + corners.length, 0) <= MOST_CORNERS,
      `expected at most ${MOST_CORNERS} corners in total`,
    ),
  obstacles: z
    .array(z.strictObject({ ...place, radius, height: z.number().min(0.5).max(10) }))
    .max(24),
  jumppads: z
    .array(
      z.strictObject({
        ...place,
        name: outcomeSchema,
        yaw: z.number().min(-Math.PI).max(Math.PI),
        radius,
      }),
    )
    .min(1)
    .max(8),
  spawns: z.array(point).min(1).max(16),
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
  const { title, about, map } = parsed(text)
  const problem = mapProblem(map)
  if (problem !== undefined) throw new Error(problem)
  return { title, about, map }
}

function parsed(text: string): IslandFile {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Error('This is not a file of an island: expected JSON.')
  }
  const read = fileSchema.safeParse(json)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? 'the top' : issue.path.join('.')
  throw new Error(
    `The island is damaged at ${where} (${issue?.message ?? 'unknown problem'}): expected the format “${ISLAND_FORMAT}”, version ${ISLAND_FILE_VERSION}.`,
  )
}
