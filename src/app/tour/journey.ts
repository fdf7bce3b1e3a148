/** Where in the tour one is, and what was chosen and made on the way; kept by the browser. */
import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { OUTCOMES, type Outcome } from '../../island/index.ts'
import { newId } from '../../storage/index.ts'
import { labelAddress, readAskedSession } from '../label/address.ts'
import { focusPage } from '../shell/focus-page.ts'
import type { Route } from '../stores/route.ts'
import { watchParams } from '../stores/watch-settings.ts'
import { setMark } from './mark.ts'

export const STEPS = ['watch', 'label', 'align', 'difference'] as const
export type Step = (typeof STEPS)[number]

/** The agent that everything begins with. */
export const START = 'fine-tuned'

/** Pairs to prefer a side of: the fewest that a reward model may learn from. */
export const PAIRS = 10

const journeySchema = z.object({
  step: z.enum(STEPS),
  /** The jumppad that it should go to. */
  wanted: z.enum(OUTCOMES).optional(),
  /** The link that begins the sitting of the ten labels. */
  session: z.uuid().optional(),
  /** The training on them. */
  run: z.uuid().optional(),
  /** The agent that is watched beside the start in the end, as the address has it. */
  rival: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .optional(),
})

export type Journey = Readonly<z.infer<typeof journeySchema>>

const BEGINNING: Journey = { step: 'watch' }

export const useJourney = create<Journey>()(
  persist((): Journey => BEGINNING, {
    name: 'jumppad-tour-journey',
    version: 1,
    merge: (kept, fresh) => journeySchema.safeParse(kept).data ?? fresh,
  }),
)

export function begin(): void {
  useJourney.setState(BEGINNING, true)
  goTo('watch')
}

/** What was made for another jumppad stays in the browser, but is no longer this tour's. */
export function choose(wanted: Outcome): void {
  if (useJourney.getState().wanted === wanted) return
  useJourney.setState({ step: 'watch', wanted }, true)
}

export function goTo(step: Step): void {
  const { session } = useJourney.getState()
  useJourney.setState({ step, ...(step === 'label' && !session ? { session: newId() } : {}) })
  showPage()
}

/** To the last step, with an agent beside the one that everything began with. */
export function compareWith(rival: string): void {
  useJourney.setState({ rival })
  goTo('difference')
}

/** Opens the page that the step is about, at its top. */
export function showPage(): void {
  window.location.hash = addressOf(useJourney.getState())
  window.scrollTo(0, 0)
}

/** In the middle: what was made stays, and the tour can be continued today. */
export function leave(): void {
  setMark('left')
  focusPage({ preventScroll: true })
}

export function finish(): void {
  setMark('seen')
  focusPage({ preventScroll: true })
  useJourney.setState(BEGINNING, true)
}

function addressOf({ step, wanted, session, rival }: Journey): string {
  if (step === 'label' && session && wanted) {
    return labelAddress({ link: session, goal: PAIRS, wanted }, START)
  }
  if (step === 'align') return '#/train'
  const model = step === 'difference' && rival ? `${START},${rival}` : START
  return `#/watch?${watchParams({ model })}`
}

const PAGE_OF: Readonly<Record<Step, string>> = {
  watch: 'watch',
  label: 'label',
  align: 'train',
  difference: 'watch',
}

/** Whether a route is the page that the step is about. */
export function isOnPage({ step, session }: Journey, { page, params }: Route): boolean {
  if (page !== PAGE_OF[step]) return false
  return step !== 'label' || readAskedSession(params)?.link === session
}
