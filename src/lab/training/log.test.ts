import { expect, it } from 'vitest'
import { partsOf, referenceSeconds } from '../../procedure/training/index.ts'
import { ALIGN, REWARD } from '../../procedure/training/testing/made-up-training.ts'
import { madeUpRun } from '../../storage/testing/made-up-run.ts'
import { withPoints } from './curves.ts'
import { TrainingLog } from './log.ts'

const loss = (step: number) =>
  ({ kind: 'point', curve: 'reward', point: { step, loss: 0.5 } }) as const
const part = { kind: 'part', part: 'reward', unit: 'updates', of: 150 } as const

it('reports for a resumed training as many updates as its curves show', () => {
  const curves = withPoints(
    {},
    Array.from({ length: 22 }, (_, n) => loss(n + 1)),
  )
  const run = madeUpRun(1, { plan: REWARD, curves })
  const log = new TrainingLog({ run, parameters: 100, clock: () => 0 })
  log.take(part)
  expect(log.news('opening')).toMatchObject({ done: 22, of: 150 })
  // It resumes from the checkpoint at update 20, two updates back.
  log.take(loss(21))
  log.take({ kind: 'progress', part: 'reward', done: 21 })
  expect(log.news('training')).toMatchObject({ done: 21, of: 150 })
  expect(log.curves.reward).toHaveLength(21)
})

it('measures a machine by the parts that were completed in full', () => {
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

it('reports the progress of all parts, and never goes back', () => {
  const log = new TrainingLog({
    run: madeUpRun(1, { plan: ALIGN }),
    parameters: 100,
    clock: () => 0,
  })
  const shares = partsOf(ALIGN).flatMap((each) => {
    log.take({ kind: 'part', part: each, unit: 'updates', of: 10 })
    return [0, 5, 10].map((done) => {
      log.take({ kind: 'progress', part: each, done })
      return log.news('training').progress
    })
  })
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect([shares[0], shares.at(-1)]).toEqual([0, 1])
})
