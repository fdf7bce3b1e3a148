import { expect, test } from 'vitest'
import { progressOf } from '../../training-progress.ts'
import { thinned } from './panels.ts'

test('a long curve keeps its mean and its last update in few points', () => {
  const points = Array.from({ length: 1_003 }, (_, step) => ({ step, value: step % 7 }))
  const thin = thinned(points)
  expect(thin).toHaveLength(120)
  expect(thin.at(-1)?.step).toBe(1_002)
  const mean = thin.reduce((sum, { value }) => sum + value, 0) / thin.length
  expect(mean).toBeCloseTo(3, 1)
})

test('progress over all parts never goes back', () => {
  const parts = ['clips', 'reward', 'preference', 'reinforcement'] as const
  const shares = parts.flatMap((part) =>
    [0, 5, 10].map((done) =>
      progressOf({
        ...{ id: '', parts, part, done, of: 10, unit: 'updates', secondsLeft: undefined },
        ...{ paths: [], phase: 'training', notice: undefined },
      }),
    ),
  )
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares.at(-1)).toBe(1)
})
