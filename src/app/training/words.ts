/** Texts about a training under way: its state and how long it takes. */
import type { RunState } from '../../storage/run-record.ts'
import type { LiveRun } from '../stores/training.ts'
import { timeWords } from '../ui/format.ts'

export const STATE_WORDS: Readonly<Record<RunState, string>> = {
  queued: 'Waiting',
  running: 'Training',
  paused: 'Paused',
  done: 'Done',
  stopped: 'Stopped',
  diverged: 'Diverged',
  failed: 'Failed',
}

export function isOver(state: RunState): boolean {
  return state !== 'queued' && state !== 'running' && state !== 'paused'
}

/** Returns the duration of a finished training in words: `48 s`, `3 min 5 s`, `1 h 20 min`. */
export function tookWords(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return timeWords(seconds)
}

/** Returns the remaining time in words, such as `4 min left`, or the phase of the training. */
export function leftWords({ phase, secondsLeft }: LiveRun): string {
  if (phase === 'opening') return 'getting ready…'
  if (phase === 'pausing') return 'pausing after this step…'
  if (phase === 'stopping') return 'stopping…'
  if (phase === 'paused') return 'paused'
  return secondsLeft === undefined ? 'estimating the time left…' : `${timeWords(secondsLeft)} left`
}
