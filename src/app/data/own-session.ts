/**
 * What this browser calls its labeller and the sessions that links began here. A link can be opened by
 * anybody, so it names no session: each browser begins one of its own.
 */
import { z } from 'zod'
import { LONGEST_NAME } from '../../alignment/labels/index.ts'
import { type LabDatabase, readSetting, saveSetting } from '../../storage/index.ts'

const sessionSchema = z.object({ session: z.uuid() })

const linkName = (link: string) => `session of link ${link}`

/**
 * Returns the id of the session that a link began in this browser. Earlier releases began the session
 * that the link names; that one's id comes back where this browser remembers none.
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

/** Setting that holds who labels in this browser. */
const LABELLER = 'labeller'

const labellerSchema = z.object({
  /** Name given last; empty for none. */
  name: z.string().max(LONGEST_NAME),
  /** Stands in for a name that is not given. */
  code: z.string().min(1).max(LONGEST_NAME),
})

export type OwnLabeller = Readonly<z.infer<typeof labellerSchema>>

/** Characters that are not taken for one another. */
const CODE_LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Returns a labeller without a name, with a code of its own: one of 30 billion. */
export function newLabeller(): OwnLabeller {
  const bytes = crypto.getRandomValues(new Uint8Array(7))
  const code = Array.from(bytes, (byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join('')
  return { name: '', code: `labeller-${code}` }
}

/** Reads who labels in this browser; undefined where nobody has yet. */
export function readLabeller(database: LabDatabase): Promise<OwnLabeller | undefined> {
  return readSetting(database, LABELLER, labellerSchema)
}

export function saveLabeller(database: LabDatabase, labeller: OwnLabeller): Promise<void> {
  return saveSetting(database, LABELLER, labeller)
}
