/** Position in the tour, with the choices and results so far; persisted by the browser. */

import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { outcomeSchema } from '../../alignment/outcome-schema.ts'
import type { Outcome } from '../../island/index.ts'
import { newId } from '../../storage/index.ts'
import { focusPage } from '../shell/focus-page.ts'
import { setMark } from '../shell/tour-mark.ts'
import { labelAddress, readAskedSession } from '../stores/label-link.ts'
import type { Route } from '../stores/route.ts'
import { watchParams } from '../stores/watch-settings.ts'

export const STEPS = ['watch', 'label', 'align', 'difference'] as const
export type TourStep = (typeof STEPS)[number]

/** Stage of the agent that the tour starts with. */
export const START = 'fine-tuned'

/** Number of pairs to answer with a preference: the fewest that a reward model may be trained on. */
export const PAIRS = 10

const tourSchema = z.object({
  step: z.enum(STEPS),
  /** Preferred jumppad. */
  wanted: outcomeSchema.optional(),
  /** Id of the link that begins the session of the ten labels. */
  session: z.uuid().optional(),
  /** Id of the training run on these labels. */
  run: z.uuid().optional(),
  /** Agent that is compared with `START` in the last step, by its name in the address. */
  rival: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
})

export type TourState = Readonly<z.infer<typeof tourSchema>>

const BEGINNING: TourState = { step: 'watch' }

export const useTour = create<TourState>()(
  persist((): TourState => BEGINNING, {
    name: 'jumppad-tour-journey',
    version: 1,
    merge: (kept, fresh) => tourSchema.safeParse(kept).data ?? fresh,
  }),
)

export function begin(): void {
  useTour.setState(BEGINNING, true)
  goTo('watch')
}

/** Sets the preferred jumppad. Labels and runs for another one stay in the browser, but leave the tour. */
export function choose(wanted: Outcome): void {
  if (useTour.getState().wanted === wanted) return
  useTour.setState({ step: 'watch', wanted }, true)
}

export function goTo(step: TourStep): void {
  const { session } = useTour.getState()
  useTour.setState({ step, ...(step === 'label' && !session ? { session: newId() } : {}) })
  showPage()
}

/** Goes to the last step, with `rival` beside the agent that the tour started with. */
export function compareWith(rival: string): void {
  useTour.setState({ rival })
  goTo('difference')
}

/** Opens the page that the step is about, at its top. */
export function showPage(): void {
  window.location.hash = addressOf(useTour.getState())
  window.scrollTo(0, 0)
}

/** Leaves the tour midway: its results are kept, and it can be resumed today. */
export function leave(): void {
  setMark('left')
  focusPage({ preventScroll: true })
}

export function finish(): void {
  setMark('seen')
  focusPage({ preventScroll: true })
  useTour.setState(BEGINNING, true)
}

function addressOf({ step, wanted, session, rival }: TourState): string {
  if (step === 'label' && session && wanted) {
    return labelAddress({ link: session, goal: PAIRS, wanted }, START)
  }
  if (step === 'align') return '#/train'
  const model = step === 'difference' && rival ? `${START},${rival}` : START
  return `#/watch?${watchParams({ model })}`
}

const PAGE_OF: Readonly<Record<TourStep, string>> = {
  watch: 'watch',
  label: 'label',
  align: 'train',
  difference: 'watch',
}

/** Returns whether a route is the page that the step is about; for labels also the tour's session. */
export function isOnPage({ step, session }: TourState, { page, params }: Route): boolean {
  if (page !== PAGE_OF[step]) return false
  return step !== 'label' || readAskedSession(params)?.link === session
}
