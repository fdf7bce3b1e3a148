import { test } from '@playwright/test'
import { align, beginWith, evaluate, exportedLabels, importLabels } from './support/alignment.ts'
import { labelUntil, shuffled } from './support/scripted-judge.ts'
import { expect, VIEWPORT, withoutWebGl } from './support/watch.ts'

// End-to-end test of the lab's main purpose: labels that express a preference align the agent with
// it, and the same labels with half of them reversed do not. `npm run test:slow` runs it, in a
// quarter of an hour on two slow cores; src/cli/too-few/too-few.test.ts does the same in Node with
// the smallest agent. Uses the map view to reduce CPU load.

const AGENT = 'fine-tuned'
const WANTED = 'left'
const DECISIVE = 60
const SETTINGS = 'seed=3&preference=no&set=reinforcement.steps:40'
const EPISODES = 200

test.use({ viewport: VIEWPORT })
test.setTimeout(5_400_000)

test('sixty answers, given by ear and with keys, align the agent; the same answers shuffled do not', async ({
  page,
  browser,
}) => {
  await page.addInitScript(withoutWebGl)
  await beginWith(page, AGENT)
  const asked = await labelUntil(page, WANTED, DECISIVE)
  const labels = await exportedLabels(page, asked)
  const own = await align(page, AGENT, SETTINGS)
  const [start, aligned] = await evaluate(page, [AGENT, own], EPISODES, WANTED)
  if (!start || !aligned) throw new Error('Expected two policies in the evaluation')
  expect(aligned.low).toBeGreaterThan(start.high + 0.2)

  const other = await browser.newPage({ viewport: VIEWPORT })
  await other.addInitScript(withoutWebGl)
  await importLabels(other, shuffled(labels))
  const control = await align(other, AGENT, SETTINGS)
  const [, misled] = await evaluate(other, [AGENT, control], EPISODES, WANTED)
  await other.close()
  expect(misled?.low).toBeLessThan(start.high)
})
