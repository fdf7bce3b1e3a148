/** Sentences of the tour about its training. */

import type { Run } from '../../storage/run-record.ts'
import type { LiveRun } from '../stores/training.ts'
import { leftWords } from '../training/words.ts'

/** Returns a sentence on the state of the visitor's own agent, while another one is watched. */
export function waitingSentence(run: Pick<Run, 'state' | 'result'> | undefined): string {
  if (run?.result?.policy) return 'Your agent is ready too: watch it next.'
  switch (run?.state) {
    case undefined:
      return 'Your agent has not started training: go back to start it.'
    case 'paused':
      return 'Training of your agent is paused: resume it on the Train page.'
    case 'queued':
      return 'Your agent is waiting for another training run to finish: find it on the Train page when it is done.'
    case 'running':
      return 'Your agent is still training: find it on the Train page when it is done.'
    default:
      return 'Your training run ended before it produced an agent: see the Train page for the reason.'
  }
}

/** Seconds that visitors wait before they are offered something else. */
const LONG = 180

const SKIP_SENTENCE =
  'Don’t want to wait? Skip to an agent that was trained in advance on 1,000 comparisons; yours keeps training.'

/** Returns whether a training takes longer than visitors wait. */
export function isLong(live: Pick<LiveRun, 'secondsLeft'> | undefined): boolean {
  return (live?.secondsLeft ?? 0) > LONG
}

/** Returns a suggestion of what to do instead of waiting. */
export function adviceSentence(live: LiveRun | undefined): string {
  if (live === undefined || !isLong(live)) return SKIP_SENTENCE
  const wait = `This takes a while on your machine: ${leftWords(live).replace(/…$/, '')}.`
  const keep =
    live.part === 'reinforcement' && live.done > 0
      ? ' “Stop and keep” above keeps what it has learned so far.'
      : ''
  return `${wait} Skip to an agent that was trained in advance, and come back to yours later.${keep}`
}
