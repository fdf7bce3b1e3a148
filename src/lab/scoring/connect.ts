/** Starts the scoring worker from a page. */
import { connectWorker } from '../worker/connect.ts'
import type { Lifeline } from '../worker/lifeline.ts'
import type { ScoringWorker } from './protocol.ts'

export interface ScoringConnection extends Lifeline {
  readonly worker: ScoringWorker
}

export function connectScoringWorker(): ScoringConnection {
  const thread = new Worker(new URL('./scoring.worker.ts', import.meta.url), {
    type: 'module',
    name: 'scoring',
  })
  return connectWorker<ScoringWorker>(thread, 'scoring')
}
