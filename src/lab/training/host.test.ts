import 'fake-indexeddb/auto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rootKey, WORLD_VERSION } from '../../island/index.ts'
import { initialParameters, parameterLayout } from '../../network/index.ts'
import { ALIGN, DATA, REWARD, START } from '../../procedure/training/testing/made-up-training.ts'
import type { Device } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import {
  annotateRun,
  LabDatabase,
  type Run,
  readRun,
  readRuns,
  removeRun,
  StorageError,
  saveRun,
} from '../../storage/index.ts'
import { listModels } from '../../storage/model-shelf.ts'
import { madeUpRun } from '../../storage/testing/made-up-run.ts'
import { createTrainingHost } from './host.ts'
import type { TrainingNews, TrainingWorker } from './protocol.ts'

const layout = parameterLayout(START.layout.size, 'reward')
const about = {
  card: { stage: 'base', recipe: {}, key: '' },
  worldVersion: WORLD_VERSION,
  bytes: new Uint8Array(),
}
const models = {
  policy: () => Promise.resolve({ ...about, ...START }),
  reward: () =>
    Promise.resolve({ ...about, layout, parameters: initialParameters(layout, rootKey(92)) }),
}

let native: Device
beforeAll(async () => {
  native = await createNativeDevice({ threads: 1 })
})
afterAll(() => native.close())

/** Returns the native device under another name, with overrides; closing it does nothing. */
function device(name: string, overrides: Partial<Device> = {}): Device {
  return {
    kind: 'native',
    name,
    maxTensorBytes: native.maxTensorBytes,
    emulated: false,
    heldTensors: 0,
    lost: native.lost,
    load: (model, options) => native.load(model, options),
    upload: (tensor) => native.upload(tensor),
    close: () => Promise.resolve(),
    ...overrides,
  }
}

/** Returns a fake GPU that is lost after a number of graph runs. */
function failing(runs: number): Device {
  let left = runs
  return device('WebGPU (made up)', {
    kind: 'webgpu',
    async load(model, options) {
      const program = await native.load(model, options)
      return {
        ...{ inputs: program.inputs, outputs: program.outputs, kept: program.kept },
        release: () => program.release(),
        run: (feeds) =>
          left-- > 0 ? program.run(feeds) : Promise.reject(new Error('The GPU was lost (made up)')),
      }
    },
  })
}

let names = 0
interface Desk {
  readonly database: LabDatabase
  readonly news: TrainingNews[]
  readonly host: TrainingWorker
  train(on?: Device, onNews?: (news: TrainingNews) => void): Promise<Run | undefined>
}

async function desk(
  run: Run,
  database = new LabDatabase({ name: `host ${names++}` }),
): Promise<Desk> {
  await saveRun(database, run, DATA)
  const news: TrainingNews[] = []
  let used = device('first')
  const host = createTrainingHost({
    database,
    findModels: () => models,
    openDevice: () => Promise.resolve(used),
    clock: () => performance.now(),
    now: () => new Date(),
  })
  return {
    ...{ database, news, host },
    async train(on = used, onNews = () => undefined) {
      used = on
      await host.train({ id: run.id, device: 'auto', models: '' }, (each) => {
        news.push(each)
        onNews(each)
      })
      return readRun(database, run.id)
    },
  }
}

const rewardRun = madeUpRun(1, { plan: REWARD })
const failedId = madeUpRun(1).id
const NOON = '2026-12-01T12:00:00.000Z'

describe('a training in the worker', () => {
  it('stores its record, and its results on the shelf', async () => {
    const { database, news, train } = await desk(rewardRun)
    const run = await train()
    expect(run).toMatchObject({ state: 'done', devices: [{ name: 'first' }], resumes: 0 })
    expect(run?.curves.reward?.map(({ step }) => step)).toEqual([1, 2, 3, 4])
    expect(run?.result?.heldOut?.comparisons).toBe(9)
    expect(run?.seconds).toBeGreaterThan(0)
    const [model] = await listModels(database)
    expect(model).toMatchObject({ kind: 'reward', sha256: run?.result?.reward })
    expect(model?.card).toMatchObject({ stage: 'reward-middle', recipe: { comparisons: 60 } })
    const files = await database.read(['files'], (reading) =>
      reading.objectStore('files').getAllKeys(),
    )
    expect(files).toEqual([
      `models/${model?.sha256}`,
      `runs/${run?.id}/data`,
      `runs/${run?.id}/reward-model.safetensors`,
    ])
    expect(news.flatMap(({ points }) => points).length).toBeGreaterThan(4)
    expect(news.at(-1)).toMatchObject({ part: 'reward', done: 4, of: 4, device: { name: 'first' } })
  })

  it('and a page that tags the run meanwhile overwrite nothing of each other', async () => {
    const { database, train } = await desk(rewardRun)
    const edits: Promise<unknown>[] = []
    const run = await train(undefined, ({ done }) => {
      const note = `at update ${done}`
      edits.push(annotateRun(database, rewardRun.id, { added: [`tag ${edits.length % 9}`], note }))
    })
    expect(edits.length).toBeGreaterThan(2)
    await Promise.all(edits)
    const after = await readRun(database, rewardRun.id)
    const tags = Array.from({ length: Math.min(9, edits.length) }, (_, n) => `tag ${n}`)
    expect(after).toEqual({ ...run, tags, note: 'at update 4' })
    expect(after?.state).toBe('done')
    expect(after?.curves.reward?.map(({ step }) => step)).toEqual([1, 2, 3, 4])
    expect(after?.result?.heldOut?.comparisons).toBe(9)
  })

  it('continues on another device when its device fails, and records it', async () => {
    const straight = await (await desk(rewardRun)).train()
    const { train } = await desk(rewardRun)
    await expect(train(failing(12))).rejects.toMatchObject({ name: 'DeviceError' })
    const run = await train(device('second'))
    expect(run).toMatchObject({
      ...{ state: 'done', devices: [{ name: 'WebGPU (made up)' }, { name: 'second' }], resumes: 1 },
      // The fake GPU computes on the native device, so the numbers are the same.
      result: straight?.result,
    })
    expect(run?.curves.reward).toEqual(straight?.curves.reward)
  })

  it('can be paused, and produces the same result as without a pause', async () => {
    const straight = await (await desk(rewardRun)).train()
    const { database, news, host, train } = await desk(rewardRun)
    let held: Run | undefined
    const run = await train(undefined, ({ phase, part }) => {
      if (phase === 'training' && part !== undefined && held === undefined) void host.pause()
      if (phase === 'paused' && held === undefined) {
        void readRun(database, rewardRun.id).then((found) => {
          held = found
          void host.resume()
        })
      }
    })
    expect(held).toMatchObject({ state: 'paused' })
    expect(held?.curves.reward ?? []).not.toHaveLength(4)
    expect(news.map(({ phase }) => phase)).toContain('pausing')
    expect(run).toMatchObject({ state: 'done', resumes: 0, result: straight?.result })
  })

  it('keeps the parameters and the settings of the part in which it was stopped', async () => {
    const { database, host, train } = await desk(madeUpRun(1, { plan: ALIGN }))
    let isAsked = false
    const run = await train(undefined, ({ part, done }) => {
      if (part !== 'reward' || done === 0 || isAsked) return
      isAsked = true
      void host.stop()
    })
    expect(run).toMatchObject({ state: 'stopped', result: { stopped: 'by hand' } })
    const { reward, policy } = run?.result ?? {}
    expect(policy).toBeUndefined()
    const files = await database.read(['files'], (reading) =>
      reading.objectStore('files').getAllKeys(),
    )
    const kept = files.filter((file) => String(file).endsWith('.safetensors'))
    expect(kept).toEqual([`runs/${run?.id}/reward-model.safetensors`])
    expect((await listModels(database)).map(({ sha256 }) => sha256)).toEqual([reward])
  })

  it('says of a policy which part made it', async () => {
    const plan = { ...ALIGN, preferenceFineTuning: true }
    const { database, host, train } = await desk(madeUpRun(1, { plan }))
    let isAsked = false
    const run = await train(undefined, ({ part, done }) => {
      if (part !== 'preference' || done === 0 || isAsked) return
      isAsked = true
      void host.stop()
    })
    const policy = (await listModels(database)).find(({ kind }) => kind === 'policy')
    expect(policy?.sha256).toBe(run?.result?.policy)
    expect(policy?.card.stage).toBe('preference-middle')
    expect(policy?.card.recipe).toMatchObject({ pool: 4, stopped: 'by hand' })
  })

  it('no longer says when a failed run ended once it is resumed', async () => {
    const failed = { plan: REWARD, state: 'failed', problem: 'Full', endedAt: NOON } as const
    const { database, train } = await desk(madeUpRun(1, failed))
    let resumed: Promise<Run | undefined> | undefined
    await train(undefined, () => {
      resumed ??= readRun(database, failedId)
    })
    expect(await resumed).toMatchObject({ state: 'running' })
    expect(Object.keys((await resumed) ?? {})).not.toContain('endedAt')
  })

  it('reports that the disk is full, and continues', async () => {
    const database = new LabDatabase({ name: `host ${names++}` })
    const write = database.write.bind(database)
    database.write = (stores, work) =>
      stores.length === 1 && stores[0] === 'files'
        ? Promise.reject(new StorageError('full'))
        : write(stores, work)
    const { news, train } = await desk(rewardRun, database)
    const run = await train().catch(() => undefined)
    expect(run?.state).toBe('done')
    expect(news.at(-1)?.notice).toContain('disk is full')
  })

  it('withdraws the notice of a full disk once a checkpoint is saved', async () => {
    const database = new LabDatabase({ name: `host ${names++}` })
    const write = database.write.bind(database)
    let refusals = 0
    database.write = (stores, work) =>
      stores.length === 1 && stores[0] === 'files' && refusals++ === 0
        ? Promise.reject(new StorageError('full'))
        : write(stores, work)
    const { news, train } = await desk(rewardRun, database)
    await train()
    expect(news.some(({ notice }) => notice?.includes('disk is full'))).toBe(true)
    expect(news.at(-1)?.notice).toBeUndefined()
  })

  it('stops, and leaves no file behind, when another tab deletes its run', async () => {
    const database = new LabDatabase({ name: `host ${names++}` })
    const write = database.write.bind(database)
    let checkpoints = 0
    database.write = async (stores, work) => {
      const written = await write(stores, work)
      const isCheckpoint = stores.length === 1 && stores[0] === 'files'
      if (isCheckpoint && ++checkpoints === 1) await removeRun(database, rewardRun.id)
      return written
    }
    const { train } = await desk(rewardRun, database)
    await train()
    expect(checkpoints).toBe(1)
    expect((await readRuns(database)).records).toEqual([])
    const files = await database.read(['files'], (transaction) =>
      transaction.objectStore('files').getAllKeys(),
    )
    expect(files).toEqual([])
  })

  it('is done even if the measured speed of the machine cannot be stored', async () => {
    const database = new LabDatabase({ name: `host ${names++}` })
    const write = database.write.bind(database)
    let refusals = 0
    database.write = (stores, work) => {
      if (stores.length > 1 || stores[0] !== 'settings') return write(stores, work)
      refusals++
      return Promise.reject(new StorageError('full'))
    }
    const { train } = await desk(rewardRun, database)
    const run = await train()
    expect(refusals).toBe(1)
    expect(run).toMatchObject({ state: 'done' })
  })

  it('records what prevented it from starting', async () => {
    const { database, train } = await desk(rewardRun)
    await saveRun(database, rewardRun, { ...DATA, comparisons: DATA.comparisons.slice(0, 3) })
    const run = await train()
    expect(run?.state).toBe('failed')
    expect(run?.problem).toContain('Found 3 comparisons that prefer one clip')
  })
})
