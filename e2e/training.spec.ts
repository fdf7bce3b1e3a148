import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { rootKey, WORLD_VERSION } from '../src/island/index.ts'
import { exportModel, importModel, parameterLayout, withTrunkOf } from '../src/network/index.ts'
import { defaultRecipe, type TrainingPlan } from '../src/procedure/training/index.ts'
import { endWorker } from './support/workers.ts'

// A training in a real tab: cut short in the middle it ends with the very same model.

const nano = readFileSync('models/nano.onnx')

/** A reward model that prefers something or other: what, is nothing to a test of going on. */
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
    version: 1,
    worldVersion: WORLD_VERSION,
    seed: 3,
    kind: 'reinforcement',
    start: { name: 'nano', sha256: await shelve(nano, 'nano.onnx') },
    reward: { name: 'any', sha256: await shelve(anyReward(), 'any.onnx') },
    wanted: 'middle',
    recipe: {
      ...defaultRecipe('reinforcement'),
      // Long beside the moment that a test takes to see where it is: it is to be cut before its end.
      ...{ steps: 16, episodesPerUpdate: 4, clipsPerBatch: 4, minibatches: 1, epochs: 1 },
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

/** Until the second update's point is there: it comes after the first checkpoint. */
async function pastCheckpoint(page: Page, id: string): Promise<void> {
  await page.waitForFunction(
    (run) => (trainings.look(run).run?.curves.reinforcement.length ?? 0) > 1,
    id,
    { timeout: 120_000, polling: 20 },
  )
}

async function untilDone(page: Page, id: string) {
  const state = async () => (await look(page, id)).run?.state
  // One that failed is not waited for.
  await expect.poll(state, { timeout: 600_000 }).not.toMatch(/^(queued|running)$/)
  expect(await state()).toBe('done')
  return (await look(page, id)).run
}

/**
 * Ways to cut a training short: by what only a browser has. That it goes on from every part and checkpoint is
 * proved in src/procedure/training, and that it outlives a reload in train.spec.ts. What takes time comes before
 * the training, which would be over else; then each gives the page on which it goes on.
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
      // Each takes up what waits, so either may be the one that trains.
      const isHere = (await look(page, run)).phase !== undefined
      const [trains, looksOn] = isHere ? [page, other] : [other, page]
      await looksOn.waitForFunction(() => trainings.isElsewhere(), undefined, { polling: 20 })
      await trains.close()
      return looksOn
    }
  },
}

test.setTimeout(1_800_000)

test('a training goes on wherever it is cut short, and gives the same model', async ({ page }) => {
  page.on('dialog', (dialog) => dialog.accept())
  await open(page)
  const plan = await planOn(page)
  const first = await page.evaluate((given) => trainings.enqueue(given), plan)
  const straight = await untilDone(page, first)
  expect(straight?.result?.policy).toMatch(/^[0-9a-f]{64}$/)
  expect(straight?.devices).toEqual([expect.stringMatching(/^WebAssembly, /)])

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

test('a training chooses its device, can be held, and goes on', async ({ page }) => {
  await open(page, '')
  const plan = await planOn(page)
  const id = await page.evaluate((given) => trainings.enqueue(given), plan)
  await expect.poll(async () => (await look(page, id)).phase).toBe('training')
  await page.evaluate((run) => trainings.pause(run), id)
  await expect.poll(async () => (await look(page, id)).phase).toBe('paused')
  const { run } = await look(page, id)
  expect(run?.curves.reinforcement.length).toBeLessThan(5)
  await page.evaluate((held) => trainings.resume(held), id)
  expect(await untilDone(page, id)).toMatchObject({
    resumes: 0,
    devices: [expect.stringMatching(/^WebAssembly, /)],
  })
})
