import { describe, expect, it } from 'vitest'
import type { Run } from '../../storage/run-record.ts'
import type { LiveRun } from '../stores/training.ts'
import { adviceSentence, isLong, waitingSentence } from './words.ts'

describe('what is said of the visitor’s own agent', () => {
  it.each<[Run['state'] | undefined, Run['result'], string]>([
    ['running', undefined, 'Yours goes on learning'],
    ['queued', undefined, 'Yours waits for another training'],
    ['paused', undefined, 'Yours is paused'],
    ['failed', undefined, 'Yours ended before there was an agent'],
    ['diverged', { reward: 'a'.repeat(64) }, 'Yours ended before there was an agent'],
    ['stopped', { policy: 'a'.repeat(64) }, 'Yours is ready too'],
    ['done', { policy: 'a'.repeat(64) }, 'Yours is ready too'],
    [undefined, undefined, 'Yours has not begun'],
  ])('%s, with %j', (state, result, expected) => {
    expect(waitingSentence(state && { state, result })).toContain(expected)
  })
})

describe('what to do instead of waiting', () => {
  const live = (changes: Partial<LiveRun>): LiveRun => ({
    ...{ id: '', parts: [], part: 'reward', done: 3, of: 10, unit: 'updates', paths: [] },
    ...{ phase: 'training', progress: 0.3, secondsLeft: 90, notice: undefined, ...changes },
  })

  it.each<[Partial<LiveRun> | undefined, string, boolean]>([
    [undefined, 'No wish to wait?', false],
    [{}, 'No wish to wait?', false],
    [{ secondsLeft: undefined }, 'No wish to wait?', false],
    [{ secondsLeft: 6300 }, '1 h 45 min left. Skip to', true],
    [{ secondsLeft: 900, part: 'reinforcement' }, '“Stop and keep” above', true],
  ])('%j', (changes, expected, long) => {
    expect(adviceSentence(changes && live(changes))).toContain(expected)
    expect(isLong(changes && live(changes))).toBe(long)
  })
})
