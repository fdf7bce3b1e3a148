/** Labelling sessions that links request: of the tour, and of pairs like one that a reward model got wrong. */
import { useMemo } from 'react'
import { z } from 'zod'
import { LONGEST_QUESTION } from '../../alignment/labels/index.ts'
import { endingSchema } from '../../alignment/outcome-schema.ts'
import { type Ending, HOME_OUTCOMES, type Outcome } from '../../island/index.ts'
import { useRoute } from './route.ts'

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

/** Returns the session that the address requests; undefined if it requests none or is invalid. */
export function readAskedSession(params: URLSearchParams): AskedSession | undefined {
  const fields = Object.fromEntries(params)
  const telling = tellingSchema.safeParse(fields).data
  if (telling) return { link: telling.session, goal: telling.goal, wanted: telling.wanted }
  const similar = similarSchema.safeParse(fields).data
  if (similar === undefined) return undefined
  const { session, goal, reward, endings, question } = similar
  return { link: session, goal, reward, endings, question }
}

/** Returns the same object for as long as the parameters in the address stay the same. */
export function useAskedSession(): AskedSession | undefined {
  const text = useRoute((route) => route.params.toString())
  return useMemo(() => readAskedSession(new URLSearchParams(text)), [text])
}
