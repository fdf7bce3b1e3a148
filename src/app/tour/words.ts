/** Sentences of the tour about its training. */

import type { Run } from '../../storage/run-record.ts'
import type { LiveRun } from '../stores/training.ts'
import { leftWords } from '../training/words.ts'

/** Returns a sentence on the state of the visitor's own agent, while another one is watched. */
export function waitingSentence(run: Pick<Run, 'state' | 'result'> | undefined): string {
  if (run?.result?.policy) return 'Yours is ready too: watch it next.'
  switch (run?.state) {
    case undefined:
      return 'Yours has not begun to learn: go back to begin.'
    case 'paused':
      return 'Yours is paused: the Train page goes on with it.'
    case 'queued':
      return 'Yours waits for another training: the Train page has it when it is done.'
    case 'running':
      return 'Yours goes on learning: the Train page has it when it is done.'
    default:
      return 'Yours ended before there was an agent: the Train page says why.'
  }
}

/** Seconds that visitors wait before they are offered something else. */
const LONG = 180

const SKIP_SENTENCE =
  'No wish to wait? Skip to an agent that was trained in advance, on 1,000 comparisons; yours goes on learning.'

/** Returns whether a training takes longer than visitors wait. */
export function isLong(live: Pick<LiveRun, 'secondsLeft'> | undefined): boolean {
  return (live?.secondsLeft ?? 0) > LONG
}

/** Returns a suggestion of what to do instead of waiting. */
export function adviceSentence(live: LiveRun | undefined): string {
  if (live === undefined || !isLong(live)) return SKIP_SENTENCE
  const wait = `On this machine it takes a while: ${leftWords(live).replace(/…$/, '')}.`
  const keep =
    live.part === 'reinforcement' && live.done > 0
      ? ' “Stop and keep” above takes what it has learnt so far.'
      : ''
  return `${wait} Skip to an agent that was trained in advance, and come back to yours later.${keep}`
}
