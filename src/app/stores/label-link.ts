/** A sitting that a link asks for: the tour begins labelling with one. */
import { useMemo } from 'react'
import { z } from 'zod'
import { OUTCOMES, type Outcome } from '../../island/index.ts'
import { useRoute } from './route.ts'

const askedSchema = z.object({
  /** What tells links apart: in one browser the same link takes up the same sitting. */
  session: z.uuid(),
  goal: z.coerce.number().int().positive().max(1000),
  wanted: z.enum(OUTCOMES),
})

/** Telling pairs for the jumppad that is wanted. */
export interface AskedSession {
  /** UUID of the link, which everybody has who opens it. */
  readonly link: string
  readonly goal: number
  readonly wanted: Outcome
}

/** The address of a sitting with clips of a model. */
export function labelAddress(asked: AskedSession, model: string): string {
  const { link, goal, wanted } = asked
  return `#/label?${new URLSearchParams({ model, session: link, goal: String(goal), wanted })}`
}

/** What the address asks for; undefined where it asks for nothing, or for what cannot be read. */
export function readAskedSession(params: URLSearchParams): AskedSession | undefined {
  const { data } = askedSchema.safeParse(Object.fromEntries(params))
  return data && { link: data.session, goal: data.goal, wanted: data.wanted }
}

/** The same object for as long as the address asks for the same. */
export function useAskedSession(): AskedSession | undefined {
  const text = useRoute((route) => route.params.toString())
  return useMemo(() => readAskedSession(new URLSearchParams(text)), [text])
}
