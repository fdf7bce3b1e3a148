import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { rootKey, WORLD_VERSION } from '../src/island/index.ts'
import { exportModel, importModel, parameterLayout, withTrunkOf } from '../src/network/index.ts'
import { defaultRecipe, PLAN_VERSION, type TrainingPlan } from '../src/procedure/training/index.ts'
import { endWorker } from './support/workers.ts'

// Training in a real tab: an interrupted run ends with exactly the same model.

const nano = readFileSync('models/nano.onnx')
/** Number of updates: long compared with the time in which a test notices progress. */
const UPDATES = 16

/** Returns an arbitrary reward model: its preferences do not matter to tests of resuming. */
function anyReward(): Uint8Array {
  const agent = importModel(new Uint8Array(nano))
  const layout = parameterLayout(agent.layout.size, 'reward')
  const card = { stage: 'reward-own', recipe: {}, key: 'test' }
  return exportModel(layout, withTrunkOf(layout, agent, rootKey(1)), card)
}

async function planOn(page: Page): Promise<TrainingPlan> {
  const shelve = (bytes: Uint8Array, name: string) =>
    page.evaluate(([list, file]) => trainings.shelve(list, file), [[...bytes], name] as const)
  return {
    version: PLAN_VERSION,
    worldVersion: WORLD_VERSION,
    seed: 3,
    kind: 'reinforcement',
    start: { name: 'nano', sha256: await shelve(nano, 'nano.onnx') },
    reward: { name: 'any', sha256: await shelve(anyReward(), 'any.onnx') },
    wanted: 'middle',
    recipe: {
      ...defaultRecipe('reinforcement'),
      ...{ steps: UPDATES, episodesPerUpdate: 4, clipsPerBatch: 4, minibatches: 1, epochs: 1 },
      ...{ checkpointEvery: 1, klLimit: 10_000 },
    },
  }
}

const look = (page: Page, id: string) => page.evaluate((run) => trainings.look(run), id)

async function open(page: Page, query = '?device=wasm'): Promise<void> {
  const port = process.env.JUMPPAD_E2E_PAGES_PORT
  await page.goto(`http://127.0.0.1:${port}/training.html${query}`)
  await opened(page)
}

async function opened(page: Page): Promise<void> {
  await page.waitForFunction(() => 'trainings' in globalThis)
}

/** Waits until the second update is logged, which is after the first checkpoint. */
async function pastCheckpoint(page: Page, id: string): Promise<void> {
  await page.waitForFunction(
    (run) => (trainings.look(run).run?.curves.reinforcement?.length ?? 0) > 1,
    id,
    { timeout: 120_000, polling: 20 },
  )
}

async function untilDone(page: Page, id: string) {
  const state = async () => (await look(page, id)).run?.state
  // Stop waiting if the run fails.
  await expect.poll(state, { timeout: 600_000 }).not.toMatch(/^(queued|running)$/)
  expect(await state()).toBe('done')
  return (await look(page, id)).run
}

/**
 * Ways to interrupt a training run that only a browser has. Resuming from every part and checkpoint
 * is tested in src/procedure/training, and surviving a reload in train.spec.ts. Each function first
 * does the slow preparation, before the run starts, because the run might end during it; the
 * returned function interrupts the run and resolves to the page on which it resumes.
 */
const CUTS: Readonly<Record<string, (page: Page) => Promise<(run: string) => Promise<Page>>>> = {
  'end its worker': async (page) => async () => {
    await endWorker(page, 'training')
    return page
  },
  'close the tab beside another': async (page) => {
    const other = await page.context().newPage()
    await open(other)
    return async (run) => {
      // Both tabs take runs from the queue, so either may be the one that trains.
      const isHere = (await look(page, run)).phase !== undefined
      const [trains, looksOn] = isHere ? [page, other] : [other, page]
      await looksOn.waitForFunction(() => trainings.isElsewhere(), undefined, { polling: 20 })
      await trains.close()
      return looksOn
    }
  },
}

test.setTimeout(1_800_000)

test('a training resumes wherever it is interrupted and produces the same model', async ({
  page,
}) => {
  page.on('dialog', (dialog) => dialog.accept())
  await open(page)
  const plan = await planOn(page)
  const first = await page.evaluate((given) => trainings.enqueue(given), plan)
  const straight = await untilDone(page, first)
  expect(straight?.result?.policy).toMatch(/^[0-9a-f]{64}$/)
  expect(straight?.devices).toEqual([
    { kind: 'wasm', name: expect.stringMatching(/^WebAssembly, /) },
  ])

  let current = page
  for (const [name, cut] of Object.entries(CUTS)) {
    await test.step(name, async () => {
      const cutShort = await cut(current)
      const id = await current.evaluate((run) => trainings.repeat(run), first)
      await pastCheckpoint(current, id)
      current = await cutShort(id)
      const after = await untilDone(current, id)
      expect(after?.resumes).toBe(1)
      expect(after?.result).toEqual(straight?.result)
      expect(after?.curves).toEqual(straight?.curves)
    })
  }
})

test('a training chooses its device, pauses, and continues', async ({ page }) => {
  await open(page, '')
  const plan = await planOn(page)
  const id = await page.evaluate((given) => trainings.enqueue(given), plan)
  // Looked at often, and in the page, as the whole run takes seconds.
  await page.waitForFunction((run) => trainings.look(run).phase === 'training', id, { polling: 10 })
  await page.evaluate((run) => trainings.pause(run), id)
  await expect.poll(async () => (await look(page, id)).phase).toBe('paused')
  const { run } = await look(page, id)
  expect(run?.curves.reinforcement?.length).toBeLessThan(UPDATES)
  await page.evaluate((held) => trainings.resume(held), id)
  expect(await untilDone(page, id)).toMatchObject({
    resumes: 0,
    devices: [{ kind: 'wasm', name: expect.stringMatching(/^WebAssembly, /) }],
  })
})
