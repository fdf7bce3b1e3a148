import 'fake-indexeddb/auto'
import { afterEach, describe, expect, it } from 'vitest'
import { ALIGN, DATA } from '../../procedure/training/testing/made-up-training.ts'
import {
  changeRun,
  claimTraining,
  LabDatabase,
  type Locks,
  readRuns,
  removeRun,
} from '../../storage/index.ts'
import { oneLock } from '../../storage/testing/one-lock.ts'
import { DeviceError } from '../worker/errors.ts'
import type { TrainingNews, TrainingOrder, TrainingWorker } from './protocol.ts'
import { TrainingQueue } from './queue.ts'

/** Training requested from a fake worker; the test decides when it ends. */
interface Order extends TrainingOrder {
  report(news: Partial<TrainingNews>): void
  /** Ends the training as the worker does: writes the record, then resolves. */
  finish(): Promise<void>
  fail(error: Error): void
  /** Calls made to the worker since, and `end` if the queue ended it. */
  readonly calls: string[]
}

const NEWS: TrainingNews = {
  ...{ phase: 'training', parts: ['reward'], part: 'reward', done: 1, of: 4, unit: 'updates' },
  ...{ secondsLeft: 30, seconds: 2, paths: undefined, points: [], notice: undefined },
  ...{ progress: 0.1, device: { kind: 'wasm', name: 'WebAssembly' } },
}

let names = 0
/** Seconds of the fake clock, which advances by one on every reading. */
let seconds = 0
const open: LabDatabase[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((database) => database.close()))
})

function tab({ name = `queue ${names++}`, locks = oneLock() } = {}) {
  const database = new LabDatabase({ name })
  open.push(database)
  const orders: Order[] = []
  const waiting: ((order: Order) => void)[] = []
  const connect = () => {
    const calls: string[] = []
    const note = (call: string) => async () => {
      calls.push(call)
    }
    const train: TrainingWorker['train'] = (order, onNews) =>
      new Promise((resolve, reject) => {
        const placed: Order = {
          ...order,
          ...{ calls, fail: reject },
          report: (news) => onNews({ ...NEWS, ...news }),
          finish: async () => {
            await changeRun(database, order.id, (run) => ({ ...run, state: 'done' }))
            resolve()
          },
        }
        orders.push(placed)
        waiting.shift()?.(placed)
      })
    return {
      worker: { train, pause: note('pause'), resume: note('resume'), stop: note('stop') },
      broken: new Promise<never>(() => undefined),
      end: () => void calls.push('end'),
    }
  }
  const queue = new TrainingQueue({
    ...{ database, locks, models: 'models/', connect },
    askedDevice: () => undefined,
    now: () => new Date(1_800_000_000_000 + 1000 * seconds++),
    wait: async () => undefined,
    onState: () => undefined,
    unreadable: (count) => `${count} unreadable`,
  })
  /** Resolves to the n-th order, which may still be to come. */
  const order = (n: number): Promise<Order> => {
    const placed = orders[n]
    return placed ? Promise.resolve(placed) : new Promise((resolve) => waiting.push(resolve))
  }
  const states = async () =>
    (await readRuns(database)).records.map(({ name: each, state }) => `${each}: ${state}`)
  return { name, database, queue, orders, order, states }
}

/** Waits until the queue has nothing to do. */
async function idle({ queue }: ReturnType<typeof tab>): Promise<void> {
  await expect.poll(() => queue.state.live).toBeUndefined()
}

describe('the queue of trainings', () => {
  it('trains one run at a time, oldest first, and shows its progress', async () => {
    const page = tab()
    await page.queue.open()
    const first = await page.queue.enqueue(ALIGN, ' Mine ', DATA)
    await page.queue.enqueue(ALIGN, 'Mine', DATA)
    const begun = await page.order(0)
    expect(begun).toMatchObject({ id: first.id, device: 'auto', stop: false, models: 'models/' })
    begun.report({ done: 3, points: [{ curve: 'reward', point: { step: 1, loss: 0.6 } }] })
    expect(page.queue.state.live).toMatchObject({ id: first.id, done: 3, secondsLeft: 30 })
    expect(page.queue.state.runs?.find(({ id }) => id === first.id)).toMatchObject({
      ...{ state: 'running', seconds: 2, devices: [{ kind: 'wasm', name: 'WebAssembly' }] },
    })
    expect(page.orders).toHaveLength(1)
    await begun.finish()
    await (await page.order(1)).finish()
    await idle(page)
    expect(await page.states()).toEqual(['Mine (2): done', 'Mine: done'])
    // Each run has a worker of its own, which is ended to release its memory.
    expect(page.orders.map(({ calls }) => calls)).toEqual([['end'], ['end']])
  })

  it('resumes a run that a reload interrupted, on the device it ran on', async () => {
    const before = tab()
    await before.queue.open()
    const { id } = await before.queue.enqueue(ALIGN, 'Cut short', DATA)
    await before.order(0)
    await changeRun(before.database, id, (run) => ({
      ...{ ...run, state: 'running', seconds: 9, devices: [{ kind: 'webgpu', name: 'Some GPU' }] },
    }))
    const after = tab({ name: before.name })
    await after.queue.open()
    expect(await after.order(0)).toMatchObject({ id, device: 'webgpu' })
  })

  it('continues with WASM when a device fails, and gives the reason', async () => {
    const page = tab()
    await page.queue.open()
    await page.queue.enqueue(ALIGN, 'Unlucky', DATA)
    const begun = await page.order(0)
    begun.fail(new DeviceError('The device was lost.'))
    const again = await page.order(1)
    expect(again.device).toBe('wasm')
    expect(page.queue.state.live?.notice).toMatch(
      /^The device was lost\. Training continues on the CPU/,
    )
    again.fail(new DeviceError('So was the other one.'))
    await idle(page)
    expect((await readRuns(page.database)).records).toMatchObject([
      { state: 'failed', problem: 'So was the other one.' },
    ])
  })

  it('records any other error, and trains the next run', async () => {
    const page = tab()
    await page.queue.open()
    await page.queue.enqueue(ALIGN, 'Broken', DATA)
    await page.queue.enqueue(ALIGN, 'Next', DATA)
    ;(await page.order(0)).fail(new Error('Something broke'))
    await (await page.order(1)).finish()
    await idle(page)
    expect(await page.states()).toEqual(['Next: done', 'Broken: failed'])
  })

  it('asks the worker to pause, resume and stop only the run in progress', async () => {
    const page = tab()
    await page.queue.open()
    const live = await page.queue.enqueue(ALIGN, 'Live', DATA)
    const next = await page.queue.enqueue(ALIGN, 'Next', DATA)
    const begun = await page.order(0)
    await page.queue.pause(live.id)
    await page.queue.resume(live.id)
    await page.queue.stop(live.id)
    await page.queue.pause(next.id)
    expect(begun.calls).toEqual(['pause', 'resume', 'stop'])
    expect(await page.states()).toEqual(['Next: paused', 'Live: queued'])
    await begun.finish()
    await idle(page)
    await page.queue.resume(next.id)
    expect(await page.order(1)).toMatchObject({ id: next.id })
  })

  it('resumes a paused run once more to keep what it has learned', async () => {
    const page = tab()
    await page.queue.open()
    const run = await page.queue.enqueue(ALIGN, 'Paused', DATA)
    const begun = await page.order(0)
    await changeRun(page.database, run.id, (each) => ({ ...each, state: 'paused', seconds: 60 }))
    begun.fail(new DeviceError('x'))
    ;(await page.order(1)).fail(new Error('y'))
    await idle(page)
    await changeRun(page.database, run.id, (each) => ({ ...each, state: 'paused' }))
    await page.queue.rename(run.id, 'Kept')
    await page.queue.stop(run.id)
    expect(await page.order(2)).toMatchObject({ id: run.id, stop: true })
  })

  it('stops, after a reload too, a run that was asked to be stopped', async () => {
    const before = tab()
    await before.queue.open()
    const { id } = await before.queue.enqueue(ALIGN, 'Unmet', DATA)
    await before.order(0)
    await before.queue.stop(id)
    await changeRun(before.database, id, (run) => ({ ...run, state: 'running' }))
    const after = tab({ name: before.name })
    await after.queue.open()
    const met = await after.order(0)
    expect(met).toMatchObject({ id, stop: true })
    met.fail(new Error('It could not be kept.'))
    await idle(after)
    // Resuming it is a new wish.
    await after.queue.resume(id)
    expect(await after.order(1)).toMatchObject({ id, stop: false })
  })

  it('stops a paused run although the tab that was asked to is not the one that trains next', async () => {
    const locks = oneLock()
    const training = tab({ locks })
    await training.queue.open()
    const busy = await training.queue.enqueue(ALIGN, 'Busy', DATA)
    const begun = await training.order(0)
    const paused = await training.queue.enqueue(ALIGN, 'Paused', DATA)
    await changeRun(training.database, paused.id, (run) => {
      return { ...run, state: 'paused', seconds: 60 }
    })
    const other = tab({ name: training.name, locks })
    await other.queue.open()
    await other.queue.stop(paused.id)
    expect(begun.id).toBe(busy.id)
    await begun.finish()
    expect(await training.order(1)).toMatchObject({ id: paused.id, stop: true })
  })

  it('ends a run immediately when nothing is to be kept, and deletes it on request', async () => {
    const page = tab()
    await page.queue.open()
    const unwanted = await page.queue.enqueue(ALIGN, 'Unwanted', DATA)
    const gone = await page.queue.enqueue(ALIGN, 'Gone', DATA)
    const begun = await page.order(0)
    await page.queue.stop(unwanted.id, false)
    expect(begun.calls).toEqual(['end'])
    const second = await page.order(1)
    expect(second.id).toBe(gone.id)
    await page.queue.remove(gone.id)
    await idle(page)
    expect(second.calls).toEqual(['end'])
    second.report({ done: 4 })
    expect(page.queue.state.live).toBeUndefined()
    expect(await page.states()).toEqual(['Unwanted: stopped'])
  })

  it('does not retry forever a run whose record cannot be written', async () => {
    const page = tab()
    await page.queue.open()
    await page.queue.enqueue(ALIGN, 'Stuck', DATA)
    const begun = await page.order(0)
    const write = page.database.write
    page.database.write = () => Promise.reject(new Error('The disk is full.'))
    begun.fail(new Error('Something broke.'))
    await idle(page)
    expect(page.orders).toHaveLength(1)
    expect(page.queue.state.problem).toBe('Something broke. The disk is full.')
    page.database.write = write
    // The next action that succeeds ends the problem.
    await page.queue.rename(page.queue.state.runs?.[0]?.id ?? '', 'Renamed')
    expect(page.queue.state.problem).toBeUndefined()
  })

  it('says why runs cannot be read, and reads them when it is opened again', async () => {
    const page = tab()
    const read = page.database.read
    page.database.read = () => Promise.reject(new Error('The database is blocked.'))
    await page.queue.open()
    expect(page.queue.state).toMatchObject({ runs: undefined, unread: 'The database is blocked.' })
    page.database.read = read
    await page.queue.open()
    expect(page.queue.state).toMatchObject({ runs: [], unread: undefined })
  })

  it('remembers a request to stop or pause when the device fails before it is met', async () => {
    const page = tab()
    await page.queue.open()
    const run = await page.queue.enqueue(ALIGN, 'Unlucky', DATA)
    const first = await page.order(0)
    await page.queue.pause(run.id)
    first.fail(new DeviceError('The device was lost.'))
    const second = await page.order(1)
    expect(second.stop).toBe(false)
    await expect.poll(() => second.calls).toEqual(['pause'])
    await second.finish()
    await idle(page)
    const other = await page.queue.enqueue(ALIGN, 'Stopped', DATA)
    const third = await page.order(2)
    await page.queue.stop(other.id)
    third.fail(new DeviceError('The device was lost again.'))
    expect(await page.order(3)).toMatchObject({ id: other.id, stop: true })
  })

  it('ends a run that another tab has deleted, and trains the next one', async () => {
    const page = tab()
    await page.queue.open()
    const deleted = await page.queue.enqueue(ALIGN, 'Deleted', DATA)
    const next = await page.queue.enqueue(ALIGN, 'Next', DATA)
    const begun = await page.order(0)
    const other = tab({ name: page.name })
    await removeRun(other.database, deleted.id)
    expect(await page.order(1)).toMatchObject({ id: next.id })
    expect(begun.calls).toEqual(['end'])
    expect(await page.states()).toEqual(['Next: queued'])
  })

  it('leaves a paused run to the tab that holds it', async () => {
    const locks: Locks = oneLock()
    const holder = tab({ locks })
    await holder.queue.open()
    const run = await holder.queue.enqueue(ALIGN, 'Held', DATA)
    const begun = await holder.order(0)
    await changeRun(holder.database, run.id, (each) => ({ ...each, state: 'paused', seconds: 9 }))
    const other = tab({ name: holder.name, locks })
    await other.queue.open()
    await expect.poll(() => other.queue.state.elsewhere).toBe(true)
    await begun.finish()
    await expect.poll(() => other.queue.state.elsewhere).toBe(false)
    expect(other.orders).toEqual([])
  })

  it('lets waiting runs wait for one that was paused before a reload, until it is resumed, stopped or passed over', async () => {
    const before = tab()
    await before.queue.open()
    await before.queue.enqueueAll(['A', 'B'].map((name) => ({ plan: ALIGN, name, data: DATA })))
    const { id } = await before.order(0)
    const pause = () =>
      changeRun(before.database, id, (run) => ({ ...run, state: 'paused', seconds: 9 }))
    await pause()
    const passing = tab({ name: before.name })
    await passing.queue.open()
    expect(passing.queue.state.held).toBe(id)
    await passing.queue.annotate(id, { added: ['waits'] })
    expect(passing.orders).toEqual([])
    await passing.queue.trainWaiting()
    expect((await passing.order(0)).id).not.toBe(id)
    for (const [act, next] of [
      ['resume', 'A'],
      ['stop', 'B'],
    ] as const) {
      await pause()
      const { records } = await readRuns(before.database)
      const other = records.find((run) => run.id !== id)
      if (other) await changeRun(before.database, other.id, (run) => ({ ...run, state: 'queued' }))
      const page = tab({ name: before.name })
      await page.queue.open()
      expect(page.orders).toEqual([])
      await (act === 'resume' ? page.queue.resume(id) : page.queue.stop(id, false))
      const begun = await page.order(0)
      expect(records.find((run) => run.id === begun.id)?.name).toBe(next)
    }
  })

  it('adds the runs of a sweep in their order, each under a name of its own, with its tags', async () => {
    const page = tab()
    await page.queue.open()
    await page.queue.enqueue(ALIGN, 'Seed 1', DATA)
    const orders = [1, 2, 2].map((seed) => ({
      ...{ plan: { ...ALIGN, seed }, name: `Seed ${seed}`, data: DATA, tags: ['sweep'] },
    }))
    await page.queue.enqueueAll(orders)
    const { records } = await readRuns(page.database)
    expect(records.toReversed().map(({ name, plan, tags }) => [name, plan.seed, tags])).toEqual([
      ['Seed 1', ALIGN.seed, []],
      ['Seed 1 (2)', 1, ['sweep']],
      ['Seed 2', 2, ['sweep']],
      ['Seed 2 (2)', 2, ['sweep']],
    ])
    const trained: (string | undefined)[] = []
    for (let n = 0; n < 4; n++) {
      const order = await page.order(n)
      trained.push(records.find(({ id }) => id === order.id)?.name)
      await order.finish()
    }
    await idle(page)
    expect(trained).toEqual(['Seed 1', 'Seed 1 (2)', 'Seed 2', 'Seed 2 (2)'])
  })

  it('cancels what is still waiting, and goes on with the run in progress', async () => {
    const page = tab()
    await page.queue.open()
    await page.queue.enqueueAll(['A', 'B', 'C'].map((name) => ({ plan: ALIGN, name, data: DATA })))
    const begun = await page.order(0)
    await changeRun(page.database, begun.id, (run) => ({ ...run, state: 'running' }))
    await page.queue.cancel(page.queue.state.runs?.map(({ id }) => id) ?? [])
    expect(begun.calls).toEqual([])
    await begun.finish()
    await idle(page)
    expect(await page.states()).toEqual(['A: done'])
    expect(page.orders).toHaveLength(1)
  })

  it('shows tags and notes that another tab wrote', async () => {
    const page = tab()
    await page.queue.open()
    const run = await page.queue.enqueue(ALIGN, 'Mine', DATA)
    await (await page.order(0)).finish()
    await idle(page)
    const other = tab({ name: page.name })
    await other.queue.open()
    await page.queue.annotate(run.id, { added: ['paper'], note: 'Good.' })
    await expect
      .poll(() => other.queue.state.runs)
      .toMatchObject([{ tags: ['paper'], note: 'Good.', state: 'done' }])
    await expect(page.queue.annotate(run.id, { added: ['a;b'] })).rejects.toThrow('cannot be saved')
  })

  it('watches while another tab trains, and takes over when that tab is closed', async () => {
    const locks: Locks = oneLock()
    const claim = await claimTraining(locks)
    const page = tab({ locks })
    await page.queue.open()
    await page.queue.enqueue(ALIGN, 'Waiting', DATA)
    await expect.poll(() => page.queue.state.elsewhere).toBe(true)
    expect(page.orders).toEqual([])
    claim?.release()
    await (await page.order(0)).finish()
    await idle(page)
    expect(page.queue.state.elsewhere).toBe(false)
    expect(await page.states()).toEqual(['Waiting: done'])
  })
})
