/** Labelling session that a link requests; the tour starts labelling with one. */
import { useMemo } from 'react'
import { z } from 'zod'
import { OUTCOMES, type Outcome } from '../../island/index.ts'
import { useRoute } from './route.ts'

const askedSchema = z.object({
  /** UUID of the link: in one browser the same link resumes the same session. */
  session: z.uuid(),
  goal: z.coerce.number().int().positive().max(1000),
  wanted: z.enum(OUTCOMES),
})

/** Session of telling pairs for the preferred outcome, `wanted`. */
export interface AskedSession {
  /** UUID of the link, shared by everyone who opens it. */
  readonly link: string
  readonly goal: number
  readonly wanted: Outcome
}

/** Returns the address of a session with a model's clips. */
export function labelAddress(asked: AskedSession, model: string): string {
  const { link, goal, wanted } = asked
  return `#/label?${new URLSearchParams({ model, session: link, goal: String(goal), wanted })}`
}

/** Returns the session that the address requests; undefined if it requests none or is invalid. */
export function readAskedSession(params: URLSearchParams): AskedSession | undefined {
  const { data } = askedSchema.safeParse(Object.fromEntries(params))
  return data && { link: data.session, goal: data.goal, wanted: data.wanted }
}

/** Returns the same object for as long as the parameters in the address stay the same. */
export function useAskedSession(): AskedSession | undefined {
  const text = useRoute((route) => route.params.toString())
  return useMemo(() => readAskedSession(new URLSearchParams(text)), [text])
}
