/**
 * This browser's labeller, and the sessions that links started in it. Anyone can open a link, so it does
 * not identify a session: each browser starts its own.
 */
import { z } from 'zod'
import { LONGEST_NAME } from '../../alignment/labels/index.ts'
import { type LabDatabase, readSetting, saveSetting } from '../../storage/index.ts'

const sessionSchema = z.object({ session: z.uuid() })

const linkName = (link: string) => `session of link ${link}`

/**
 * Returns the id of the session that a link started in this browser. Where none is stored, returns the
 * link's own id, under which earlier releases started the session.
 */
export async function sessionOfLink(database: LabDatabase, link: string): Promise<string> {
  return (await readSetting(database, linkName(link), sessionSchema))?.session ?? link
}

export function saveSessionOfLink(
  database: LabDatabase,
  link: string,
  session: string,
): Promise<void> {
  return saveSetting(database, linkName(link), { session })
}

/** Name of the setting that stores this browser's labeller. */
const LABELLER = 'labeller'

const labellerSchema = z.object({
  /** Name given last; empty for none. */
  name: z.string().max(LONGEST_NAME),
  /** Pseudonym that replaces an empty name. */
  code: z.string().min(1).max(LONGEST_NAME),
})

export type OwnLabeller = Readonly<z.infer<typeof labellerSchema>>

/** Characters that are not easily mistaken for one another. */
const CODE_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Returns a labeller without a name, with a random code: one of 28 billion. */
export function newLabeller(): OwnLabeller {
  const bytes = crypto.getRandomValues(new Uint8Array(7))
  const code = Array.from(bytes, (byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join('')
  return { name: '', code: `labeller-${code}` }
}

/** Reads this browser's labeller; undefined before the first session. */
export function readLabeller(database: LabDatabase): Promise<OwnLabeller | undefined> {
  return readSetting(database, LABELLER, labellerSchema)
}

export function saveLabeller(database: LabDatabase, labeller: OwnLabeller): Promise<void> {
  return saveSetting(database, LABELLER, labeller)
}
