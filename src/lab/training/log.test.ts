import { expect, it } from 'vitest'
import { REWARD } from '../../procedure/training/testing/made-up-training.ts'
import { madeUpRun } from '../../storage/testing/made-up-run.ts'
import { NO_CURVES, withPoints } from './curves.ts'
import { referenceSeconds } from './estimate.ts'
import { TrainingLog } from './log.ts'

const loss = (step: number) => ({ kind: 'loss', part: 'reward', step, loss: 0.5 }) as const
const part = { kind: 'part', part: 'reward', parts: ['reward'], unit: 'updates', of: 150 } as const

it('says of a training that is taken up again as many updates as its curves show', () => {
  const curves = withPoints(
    NO_CURVES,
    Array.from({ length: 22 }, (_, n) => loss(n + 1)),
  )
  const run = madeUpRun(1, { plan: REWARD, curves })
  const log = new TrainingLog({ run, parameters: 100, clock: () => 0 })
  log.take(part)
  expect(log.news('opening')).toMatchObject({ done: 22, of: 150 })
  // Its checkpoint was two updates before.
  log.take(loss(21))
  log.take({ kind: 'progress', part: 'reward', done: 21 })
  expect(log.news('training')).toMatchObject({ done: 21, of: 150 })
  expect(log.curves.reward).toHaveLength(21)
})

it('measures a machine by the parts that were made in full', () => {
  let now = 0
  const run = madeUpRun(1, { plan: REWARD })
  const log = new TrainingLog({ run, parameters: 1_096_064, clock: () => now })
  log.take({ ...part, part: 'clips', of: 120 })
  now = 2_000
  log.take(part)
  now = 10_000
  log.tick()
  const [begun, done] = [log.slowness(false), log.slowness(true)]
  const reference = referenceSeconds(REWARD)
  expect(begun).toBeCloseTo(2 / (reference.clips ?? 0))
  expect(done).toBeCloseTo(10 / ((reference.clips ?? 0) + (reference.reward ?? 0)))
})
