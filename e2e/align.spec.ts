import { readFile } from 'node:fs/promises'
import { expect, test } from '@playwright/test'
import { decodeArchive } from '../src/storage/archive/index.ts'
import { align, beginWith, evaluate, exportedLabels } from './support/alignment.ts'
import { labelUntil } from './support/scripted-judge.ts'
import { VIEWPORT, withoutWebGl } from './support/watch.ts'

// The pipeline from labels to an evaluated agent, with the smallest agent, few updates and few
// episodes: checks that each part passes its result to the next. Checking that the agent learns the
// preference needs a larger one and minutes: see align.slow.spec.ts.

const AGENT = 'nano'
const WANTED = 'middle'
const DECISIVE = 12
const EPISODES = 8
const UPDATES = { reward: 40, reinforcement: 3 }
const SETTINGS = [
  `reward.steps:${UPDATES.reward}`,
  'reward.peakRate:0.003',
  `reinforcement.steps:${UPDATES.reinforcement}`,
  'reinforcement.episodesPerUpdate:8',
  'reinforcement.clipsPerBatch:8',
].join(',')

test.use({ viewport: VIEWPORT })

test('answers train a reward model, which trains an agent, which is evaluated', async ({
  page,
}) => {
  await page.addInitScript(withoutWebGl)
  await beginWith(page, AGENT, 1)
  const asked = await labelUntil(page, WANTED, DECISIVE)
  const { labels } = decodeArchive(await exportedLabels(page, asked))
  const preferring = labels.filter(({ verdict }) => verdict === 'first' || verdict === 'second')
  expect(preferring).toHaveLength(DECISIVE)

  const own = await align(page, AGENT, `seed=3&preference=no&set=${SETTINGS}`)
  await page.getByRole('button', { name: /^More about / }).click()
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Record (JSON)' }).click()
  const { run } = JSON.parse(await readFile(await (await coming).path(), 'utf8'))
  expect(run.plan.labels).toMatchObject({ kind: 'people', decisive: DECISIVE })
  const losses: number[] = run.curves.reward.map(({ loss }: { readonly loss: number }) => loss)
  expect(losses).toHaveLength(UPDATES.reward)
  // The model learns from the answers: at chance the loss would stay at ln 2 = 0.69 nats.
  expect(mean(losses.slice(-10))).toBeLessThan(mean(losses.slice(0, 4)) - 0.1)
  const divergences = run.curves.reinforcement.map(({ kl }: { readonly kl: number }) => kl)
  expect(divergences).toHaveLength(UPDATES.reinforcement + 1)
  // The policy starts out identical to its starting policy, and then diverges.
  expect(divergences[0]).toBeLessThan(1e-4)
  expect(divergences.at(-1)).toBeGreaterThan(1e-3)

  const [start, aligned] = await evaluate(page, [AGENT, own], EPISODES, WANTED)
  expect([start?.n, aligned?.n]).toEqual([EPISODES, EPISODES])
})

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length
}
