/** Islands as files of JSON. */
import { z } from 'zod'
import { islandProblem, islandTitleSchema, mapSchema } from '../alignment/map-schema.ts'
import type { IslandMap } from '../island/index.ts'

export const ISLAND_FORMAT = 'jumppad-island'
export const ISLAND_FILE_VERSION = 1

const fileSchema = z.strictObject({
  format: z.literal(ISLAND_FORMAT),
  version: z.literal(ISLAND_FILE_VERSION),
  title: z
    .string()
    .transform((title) => title.replaceAll(/\p{Cc}+/gu, ' ').trim())
    .pipe(islandTitleSchema),
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
