/** Trainings on few labels, loaded once. */

import { create } from 'zustand'
import type { TooFewLabels } from '../../procedure/too-few-labels.ts'
import { addressOf } from '../data/site.ts'
import { problemOf } from '../sentences.ts'

interface Loaded {
  readonly data: TooFewLabels | undefined
  /** Reason why loading failed, as a sentence. */
  readonly problem: string | undefined
}

export const useTooFewLabels = create<Loaded>(() => ({ data: undefined, problem: undefined }))

/** Loads the trainings, unless they are loaded. */
export async function loadTooFewLabels(): Promise<void> {
  if (useTooFewLabels.getState().data) return
  useTooFewLabels.setState({ problem: undefined })
  try {
    const { fetchTooFewLabels } = await import('../../lab/models/too-few-labels.ts')
    const data = await fetchTooFewLabels(addressOf('too-few-labels.json'))
    useTooFewLabels.setState({ data })
  } catch (error) {
    useTooFewLabels.setState({ problem: problemOf(error) })
  }
}
