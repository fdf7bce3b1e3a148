import { describe, expect, it } from 'vitest'
import type { Run } from '../../storage/run-record.ts'
import type { LiveRun } from '../stores/training.ts'
import { adviceSentence, isLong, waitingSentence } from './words.ts'

describe('the sentence about the visitor’s own agent', () => {
  it.each<[Run['state'] | undefined, Run['result'], string]>([
    ['running', undefined, 'Your agent is still training'],
    ['queued', undefined, 'Your agent is waiting for another training run'],
    ['paused', undefined, 'Training of your agent is paused'],
    ['failed', undefined, 'Your training run ended before it produced an agent'],
    ['diverged', { reward: 'a'.repeat(64) }, 'Your training run ended before it produced an agent'],
    ['stopped', { policy: 'a'.repeat(64) }, 'Your agent is ready too'],
    ['done', { policy: 'a'.repeat(64) }, 'Your agent is ready too'],
    [undefined, undefined, 'Your agent has not started training'],
  ])('%s, with %j', (state, result, expected) => {
    expect(waitingSentence(state && { state, result })).toContain(expected)
  })
})

describe('the suggestion of what to do instead of waiting', () => {
  const live = (changes: Partial<LiveRun>): LiveRun => ({
    ...{ id: '', parts: [], part: 'reward', done: 3, of: 10, unit: 'updates', paths: [] },
    ...{ phase: 'training', progress: 0.3, secondsLeft: 90, notice: undefined, ...changes },
  })

  it.each<[Partial<LiveRun> | undefined, string, boolean]>([
    [undefined, 'Don’t want to wait?', false],
    [{}, 'Don’t want to wait?', false],
    [{ secondsLeft: undefined }, 'Don’t want to wait?', false],
    [{ secondsLeft: 6300 }, '1 h 45 min left. Skip to', true],
    [{ secondsLeft: 900, part: 'reinforcement' }, '“Stop and keep” above', true],
  ])('%j', (changes, expected, long) => {
    expect(adviceSentence(changes && live(changes))).toContain(expected)
    expect(isLong(changes && live(changes))).toBe(long)
  })
})
