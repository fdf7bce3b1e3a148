/** Labelling sessions that links request: of the tour, and of pairs like one that a reward model got wrong. */
import { useMemo } from 'react'
import { z } from 'zod'
import { LONGEST_QUESTION } from '../../alignment/labels/index.ts'
import { endingSchema } from '../../alignment/outcome-schema.ts'
import { type Ending, HOME_OUTCOMES, type Outcome } from '../../island/index.ts'
import { useRoute } from './route.ts'

/** Maximum number of characters of a value that a message repeats. */
const LONGEST_SHOWN = 60

const commonFields = {
  /** UUID of the link: in one browser the same link resumes the same session. */
  session: z.uuid(),
  goal: z.coerce.number().int().positive().max(1000),
}

const tellingSchema = z.object({ ...commonFields, wanted: z.enum(HOME_OUTCOMES) })

const similarSchema = z.object({
  ...commonFields,
  reward: z.string().min(1).max(200),
  endings: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.tuple([endingSchema, endingSchema])),
  question: z
    .string()
    .min(1)
    .max(LONGEST_QUESTION)
    .regex(/^\P{Cc}*$/u),
})

interface AskedOfLink {
  /** UUID of the link, shared by everyone who opens it. */
  readonly link: string
  readonly goal: number
}

/** Session of telling pairs for the preferred outcome, `wanted`. */
interface AskedTelling extends AskedOfLink {
  readonly wanted: Outcome
}

/** Session of pairs with the same two endings, those that a reward model is least sure of. */
export interface AskedSimilar extends AskedOfLink {
  /** Name of the reward model in addresses. */
  readonly reward: string
  readonly endings: readonly [Ending, Ending]
  readonly question: string
}

export type AskedSession = AskedTelling | AskedSimilar

/** Returns the address of a session with a model's clips, or with those of the default one. */
export function labelAddress({ link, goal, ...asked }: AskedSession, model?: string): string {
  const common = { ...(model === undefined ? {} : { model }), session: link, goal: String(goal) }
  const own = 'wanted' in asked ? asked : { ...asked, endings: asked.endings.join(',') }
  return `#/label?${new URLSearchParams({ ...common, ...own })}`
}

/** What is expected of each parameter of a link. */
const EXPECTED: Readonly<Record<string, string>> = {
  session: 'a UUID',
  goal: 'a whole number from 1 to 1,000',
  wanted: `one of ${HOME_OUTCOMES.join(', ')}`,
  reward: 'the name of a reward model',
  endings: 'two endings, as in “left,none”',
  question: `one line of at most ${LONGEST_QUESTION} characters`,
}

interface SessionLink {
  /** Session that an address requests; undefined if it requests none, or one that cannot be read. */
  readonly asked: AskedSession | undefined
  /** Why the session cannot be read, as a sentence; undefined also for an address that requests none. */
  readonly problem: string | undefined
}

/** Reads the session that an address requests. An address that requests none has no problem. */
export function readSessionLink(params: URLSearchParams): SessionLink {
  const fields = Object.fromEntries(params)
  const telling = tellingSchema.safeParse(fields)
  if (telling.success) {
    const { session, goal, wanted } = telling.data
    return { asked: { link: session, goal, wanted }, problem: undefined }
  }
  const similar = similarSchema.safeParse(fields)
  if (similar.success) {
    const { session, goal, reward, endings, question } = similar.data
    return { asked: { link: session, goal, reward, endings, question }, problem: undefined }
  }
  const isLink = Object.keys(EXPECTED).some((name) => params.has(name))
  const { error } = params.has('wanted') ? telling : similar
  return { asked: undefined, problem: isLink ? unreadableLink(params, error) : undefined }
}

function unreadableLink(params: URLSearchParams, error: z.ZodError): string {
  const wrong = error.issues.map(({ path: [name] }) => name)
  const found = Object.entries(EXPECTED)
    .filter(([name]) => wrong.includes(name))
    .map(([name, expected]) => {
      const value = params.get(name)
      const shown = value === null ? 'is missing' : `is “${value.slice(0, LONGEST_SHOWN)}”`
      return `“${name}” ${shown}, expected ${expected}`
    })
  return `The labelling session of this link cannot be opened: ${found.join('; ')}. You label for yourself instead: to take part, copy the whole link again, or ask for a new one.`
}

/** Returns the session that an address requests; undefined if it requests none or cannot be read. */
export function readAskedSession(params: URLSearchParams): AskedSession | undefined {
  return readSessionLink(params).asked
}

/** Returns the same object for as long as the parameters in the address stay the same. */
export function useAskedSession(): AskedSession | undefined {
  const text = useRoute((route) => route.params.toString())
  return useMemo(() => readAskedSession(new URLSearchParams(text)), [text])
}
