import { expect, it, vi } from 'vitest'
import type { Ending } from '../../island/index.ts'
import type { ActedDecision, ActingWorker, EpisodeChoice, OpenedModel } from '../acting/protocol.ts'
import { decisionAt, stateAt } from '../testing/decisions.ts'
import { Lane } from './lane.ts'

const OPENED: OpenedModel = {
  device: 'wasm',
  deviceName: 'test',
  reason: 'test',
  stage: 'base',
  parameters: 1,
}
const EPISODE: EpisodeChoice = { start: 'spawn', seed: 1, temperature: 1 }

/** Returns a fake worker whose steps are settled by the test. */
function fakeWorker() {
  const waiting: { resolve(decision: ActedDecision): void; reject(error: Error): void }[] = []
  const worker: ActingWorker = {
    open: async () => OPENED,
    start: async ({ seed }) => stateAt({ x: 100 * seed }),
    step: () => new Promise((resolve, reject) => waiting.push({ resolve, reject })),
    press: vi.fn(async (action: number) => ({ ...decisionAt(0), action, author: 'h' as const })),
    rewind: vi.fn(async () => undefined),
    close: async () => undefined,
  }
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve))
  return {
    worker,
    waiting,
    async answer(index: number, ending?: Ending) {
      waiting.shift()?.resolve(decisionAt(index, ending))
      await settle()
    },
    async fail(error: Error) {
      waiting.shift()?.reject(error)
      await settle()
    },
  }
}

it('requests one decision at a time and plays the answers', async () => {
  const { worker, waiting, answer } = fakeWorker()
  const lane = new Lane(worker, vi.fn())
  expect(await lane.start(EPISODE)).toBe(true)
  expect(lane.advance(0, 1)).toEqual([])
  expect(waiting).toHaveLength(1)
  await answer(0)
  expect(waiting).toHaveLength(1)
  expect(lane.advance(0.05, 1).map(({ kind }) => kind)).toEqual(['decision'])
})

it('gets ahead while it is paused, but only a little', async () => {
  const { worker, waiting, answer } = fakeWorker()
  const lane = new Lane(worker, vi.fn())
  await lane.start(EPISODE)
  for (let i = 0; i < 5; i++) {
    lane.advance(0, 1)
    await answer(i)
  }
  expect(waiting).toHaveLength(0)
  expect(lane.moment?.phase).toBe('waiting')
})

it('discards the answer to an episode that was left', async () => {
  const { worker, answer } = fakeWorker()
  const lane = new Lane(worker, vi.fn())
  await lane.start(EPISODE)
  lane.advance(0, 1)
  await lane.start({ ...EPISODE, seed: 2 })
  await answer(0)
  expect(lane.advance(0.1, 1)).toEqual([])
  expect(lane.moment?.to.x).toBe(200)
})

it('reports which of two starts was superseded', async () => {
  const { worker } = fakeWorker()
  const lane = new Lane(worker, vi.fn())
  const starts = [lane.start(EPISODE), lane.start({ ...EPISODE, seed: 2 })]
  expect(await Promise.all(starts)).toEqual([false, true])
  expect(lane.moment?.to.x).toBe(200)
})

it('reports a failed decision once and stands still until it is started again', async () => {
  const { worker, waiting, fail } = fakeWorker()
  const onError = vi.fn()
  const lane = new Lane(worker, onError)
  await lane.start(EPISODE)
  lane.advance(0, 1)
  await fail(new Error('lost'))
  expect(onError).toHaveBeenCalledOnce()
  expect(lane.advance(1, 1)).toEqual([])
  expect(waiting).toHaveLength(0)
  await lane.start(EPISODE)
  lane.advance(0, 1)
  expect(waiting).toHaveLength(1)
})

it('still has the tape when it reports a failure, so that human play can be saved', async () => {
  const { worker, answer, fail } = fakeWorker()
  const tapes: number[] = []
  const lane: Lane = new Lane(worker, () => tapes.push(lane.tape.length))
  await lane.start(EPISODE)
  lane.advance(0, 1)
  await answer(0)
  lane.advance(0.1, 1)
  await fail(new Error('The worker is gone.'))
  expect(tapes).toEqual([1])
  expect(lane.moment).toBeUndefined()
})

it('requests nothing more once it is stopped, and ignores an error that arrives late', async () => {
  const { worker, waiting, answer, fail } = fakeWorker()
  const onError = vi.fn()
  const lanes = [new Lane(worker, onError), new Lane(worker, onError)]
  for (const lane of lanes) {
    await lane.start(EPISODE)
    lane.advance(0.05, 1)
  }
  for (const lane of lanes) lane.stop()
  await answer(0)
  expect(waiting).toHaveLength(1)
  await fail(new Error('No episode is running'))
  expect(lanes.map((lane) => lane.advance(0.05, 1))).toEqual([[], []])
  expect(waiting).toHaveLength(0)
  expect(onError).not.toHaveBeenCalled()
})
