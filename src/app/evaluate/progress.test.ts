import { expect, it } from 'vitest'
import type { Evaluation, PolicyRun } from '../stores/evaluate.ts'
import { leftSentence, partDone, secondsLeft } from './progress.ts'

const POLICY: PolicyRun = {
  name: 'a',
  title: 'A',
  stage: 'base',
  sha256: undefined,
  phase: 'playing',
  deviceName: undefined,
  problem: undefined,
  decisions: 0,
  ended: 0,
  episodes: [],
  seconds: undefined,
}

function evaluation(policies: readonly Partial<PolicyRun>[], seconds: number): Evaluation {
  return {
    settings: {
      model: 'a',
      episodes: 100,
      seed: 1,
      start: 'spawn',
      island: 'home',
      islands: 'one',
      reward: 'none',
      device: 'wasm',
      run: 'asked',
    },
    phase: 'playing',
    policies: policies.map((changes) => ({ ...POLICY, ...changes })),
    rewards: [],
    begunAt: '',
    seconds,
  }
}

it('increases with decisions and completes with the policies', () => {
  const parts = [0, 1000, 4000, 7999, 20_000].map((decisions) =>
    partDone(evaluation([{ decisions }], 1)),
  )
  expect(parts).toEqual(parts.toSorted((a, b) => a - b))
  expect(parts[0]).toBe(0)
  expect(parts.at(-1)).toBeLessThan(1)
  expect(partDone(evaluation([{ phase: 'done' }, { decisions: 4000 }], 1))).toBeCloseTo(0.75, 9)
})

it('estimates the time left from the pace so far of the policies that are played', () => {
  expect(secondsLeft(evaluation([{ decisions: 100 }], 5))).toBeUndefined()
  expect(secondsLeft(evaluation([{ decisions: 2000 }], 5))).toBeCloseTo(15, 9)
  const failed = { phase: 'failed' } as const
  expect(secondsLeft(evaluation([failed, { decisions: 2000 }], 5))).toBeCloseTo(15, 9)
  expect([undefined, 0.2, 42, 240].map(leftSentence)).toEqual([
    'estimating the time left',
    'about 1 s left',
    'about 42 s left',
    'about 4 min left',
  ])
})
