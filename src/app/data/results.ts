/** Evaluation results of every stage, loaded once for all pages that show them. */

import { create } from 'zustand'
import type { Results } from '../../lab/models/results.ts'
import { problemOf } from '../sentences.ts'
import { addressOf } from './site.ts'

export interface ResultsState {
  readonly status: 'waiting' | 'ready' | 'failed'
  readonly results: Results | undefined
  /** Reason why loading failed, as a sentence. */
  readonly problem: string | undefined
}

const NOTHING: ResultsState = { status: 'waiting', results: undefined, problem: undefined }

export const useResults = create<ResultsState>(() => NOTHING)

/** Loads the results, unless they are loaded or being loaded. */
export async function loadResults(): Promise<void> {
  const { status } = useResults.getState()
  if (loading || status === 'ready') return
  loading = true
  useResults.setState(NOTHING)
  try {
    const { fetchResults } = await import('../../lab/models/results.ts')
    const results = await fetchResults(addressOf('results.json'))
    useResults.setState({ status: 'ready', results })
  } catch (error) {
    useResults.setState({ status: 'failed', problem: problemOf(error) })
  } finally {
    loading = false
  }
}

let loading = false
