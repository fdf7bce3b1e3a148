/**
 * What people played themselves: clips in the store of all clips, and a list that says which of them
 * are somebody's own and which are to be learnt from.
 */
import { z } from 'zod'
import { type Clip, clipIdSchema, clipSchema } from '../alignment/labels/index.ts'
import type { LabDatabase } from '../storage/index.ts'

/** Under this name of the settings lies the list. */
const LIST = 'plays'

const playSchema = z.strictObject({
  /** Id of its clip. */
  clip: clipIdSchema,
  keptAt: z.iso.datetime({ precision: 3 }),
  /** Whose place was taken: the name of the model, as the Watch page has it. */
  agent: z.string().max(200),
  /** Whether it is to be learnt from. */
  demonstration: z.boolean(),
})

export type Play = Readonly<z.infer<typeof playSchema>>

/** A play together with what was played. */
export interface KeptPlay extends Play {
  readonly kept: Clip
}

/** All plays whose clips are there, the newest first. */
export async function listPlays(database: LabDatabase): Promise<readonly KeptPlay[]> {
  return database.read(['settings', 'clips'], async (transaction) => {
    const plays = playsOf(await transaction.objectStore('settings').get(LIST))
    const clips = transaction.objectStore('clips')
    const found = await Promise.all(plays.map(({ clip }) => clips.get(clip)))
    return plays.flatMap((play, index) => {
      const kept = clipSchema.safeParse(found[index]).data
      return kept ? [{ ...play, kept }] : []
    })
  })
}

/** The clips that are to be learnt from: what a training on demonstrations reads. */
export async function listDemonstrations(database: LabDatabase): Promise<readonly Clip[]> {
  const plays = await listPlays(database)
  return plays.filter(({ demonstration }) => demonstration).map(({ kept }) => kept)
}

/** Keeps a play: its clip and its place in the list, or neither. Playing the same again changes nothing. */
export function keepPlay(
  database: LabDatabase,
  clip: Clip,
  agent: string,
  now: Date,
): Promise<void> {
  return database.write(['settings', 'clips'], async (transaction) => {
    const settings = transaction.objectStore('settings')
    const plays = playsOf(await settings.get(LIST))
    if (plays.some((play) => play.clip === clip.id)) return
    const play: Play = {
      clip: clip.id,
      keptAt: now.toISOString(),
      agent: agent.slice(0, 200),
      demonstration: false,
    }
    await settings.put([play, ...plays], LIST)
    await transaction.objectStore('clips').put(clip)
  })
}

/** Says whether a play is to be learnt from. */
export function markDemonstration(
  database: LabDatabase,
  clip: string,
  demonstration: boolean,
): Promise<void> {
  return database.write(['settings'], async (transaction) => {
    const settings = transaction.objectStore('settings')
    const plays = playsOf(await settings.get(LIST))
    await settings.put(
      plays.map((play) => (play.clip === clip ? { ...play, demonstration } : play)),
      LIST,
    )
  })
}

/** Forgets a play; its clip stays where a label speaks of it. */
export function removePlay(database: LabDatabase, clip: string): Promise<void> {
  return database.write(['settings', 'clips', 'labels'], async (transaction) => {
    const settings = transaction.objectStore('settings')
    const plays = playsOf(await settings.get(LIST))
    await settings.put(
      plays.filter((play) => play.clip !== clip),
      LIST,
    )
    const labels = await transaction.objectStore('labels').getAll()
    if (labels.some(({ first, second }) => first === clip || second === clip)) return
    await transaction.objectStore('clips').delete(clip)
  })
}

function playsOf(found: unknown): Play[] {
  const list = z.array(z.unknown()).safeParse(found).data ?? []
  return list.flatMap((each) => playSchema.safeParse(each).data ?? [])
}
