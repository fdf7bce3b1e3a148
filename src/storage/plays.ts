/**
 * Episodes that people played themselves: clips in the store of all clips, and a list that says which
 * of them are plays and which trainings may learn from.
 */
import { z } from 'zod'
import { type Clip, clipIdSchema } from '../alignment/labels/index.ts'
import type { LabDatabase } from './database.ts'
import { clipFormat } from './formats.ts'
import { RecordFormat, readOne } from './record-format.ts'
import { changeList, readList } from './setting-list.ts'

/** Name of the setting that holds the list. */
const LIST = 'plays'

export const playFormat = new RecordFormat({
  name: 'play',
  first: 1,
  steps: [],
  schema: z.strictObject({
    /** Id of its clip. */
    clip: clipIdSchema,
    keptAt: z.iso.datetime({ precision: 3 }),
    /** Name of the model whose place was taken, as addresses have it. */
    agent: z.string().max(200),
    /** Whether trainings may learn from it. */
    demonstration: z.boolean(),
  }),
})

interface Play {
  readonly clip: string
  readonly keptAt: string
  readonly agent: string
  readonly demonstration: boolean
}

/** Play together with its clip. */
export interface KeptPlay extends Play {
  readonly kept: Clip
}

/** Reads all plays whose clips exist, newest first. */
export async function listPlays(database: LabDatabase): Promise<readonly KeptPlay[]> {
  return database.read(['settings', 'clips'], async (transaction) => {
    const plays = await readList(transaction, LIST, playFormat)
    const clips = transaction.objectStore('clips')
    const found = await Promise.all(plays.map(({ clip }) => clips.get(clip)))
    return plays.flatMap((play, index) => {
      const kept = readOne(clipFormat, found[index])
      return kept ? [{ ...play, kept }] : []
    })
  })
}

/** Keeps a play: its clip and its place in the list, or neither. A play that is kept already stays as it is. */
export function keepPlay(
  database: LabDatabase,
  clip: Clip,
  agent: string,
  now: Date,
): Promise<void> {
  return database.write(['settings', 'clips'], async (transaction) => {
    const keptAt = now.toISOString()
    const play = { clip: clip.id, keptAt, agent: agent.slice(0, 200), demonstration: false }
    await changeList(transaction, LIST, playFormat, (plays) =>
      plays.some((each) => each.clip === clip.id) ? plays : [play, ...plays],
    )
    await transaction.objectStore('clips').put(clip)
  })
}

/** Says whether trainings may learn from a play. */
export function markDemonstration(
  database: LabDatabase,
  clip: string,
  demonstration: boolean,
): Promise<void> {
  return database.write(['settings'], (transaction) =>
    changeList(transaction, LIST, playFormat, (plays) =>
      plays.map((play) => (play.clip === clip ? { ...play, demonstration } : play)),
    ),
  )
}

/** Deletes a play. Its clip stays where a label refers to it. */
export function removePlay(database: LabDatabase, clip: string): Promise<void> {
  return database.write(['settings', 'clips', 'labels'], async (transaction) => {
    await changeList(transaction, LIST, playFormat, (plays) =>
      plays.filter((play) => play.clip !== clip),
    )
    const labels = await transaction.objectStore('labels').getAll()
    if (labels.some(({ first, second }) => first === clip || second === clip)) return
    await transaction.objectStore('clips').delete(clip)
  })
}
