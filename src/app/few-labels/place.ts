/** Position in the chapter: in the address, and kept by the browser for the next visit. */
import { z } from 'zod'
import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { addressSettings } from '../stores/address-settings.ts'
import { integerProperty } from '../stores/url-properties.ts'

/** Number of steps of the chapter. */
export const STEP_COUNT = 5

const settings = addressSettings({
  /** Step from 1; 0 for the one that was read last. */
  step: integerProperty(0, STEP_COUNT, 0),
  /** Number of labels whose agents step 4 shows; 0 for the fewest. */
  labels: integerProperty(0, 1_000_000, 0),
})

/** Answers to the question of step 2, from the highest share to the lowest. */
export const GUESSES = ['nearly always', 'mostly', 'hardly'] as const
export type Guess = (typeof GUESSES)[number]

const keptSchema = z.object({
  step: z.int().min(1).max(STEP_COUNT),
  /** Answer to the question of step 2; absent before it is given. */
  guess: z.enum(GUESSES).optional(),
})
type Kept = z.infer<typeof keptSchema>

export const useKept = create<Kept>()(
  persist((): Kept => ({ step: 1 }), {
    name: 'jumppad-few-labels',
    version: 1,
    merge: (kept, fresh) => keptSchema.safeParse(kept).data ?? fresh,
  }),
)

/** Returns the step that is shown, from 1: that of the address, or else the one that was read last. */
export function useStep(): number {
  const { step } = settings.useSettings()
  const kept = useKept((state) => state.step)
  return step === 0 ? kept : step
}

/** Shows a step, if there is one of this number. */
export function goTo(step: number): void {
  if (step < 1 || step > STEP_COUNT) return
  settings.change({ step })
}

/** Keeps the step for the next visit. */
export function keepStep(step: number): void {
  useKept.setState({ step })
}

/** Returns the number of labels in the address if it is one of `offered`, or else the first of them. */
export function useShownLabels(offered: readonly number[]): number {
  const { labels } = settings.useSettings()
  return offered.includes(labels) ? labels : (offered[0] ?? 0)
}

export function showLabels(labels: number): void {
  settings.change({ labels })
}

export function guess(answer: Guess): void {
  useKept.setState({ guess: answer })
}
