import { readFile } from 'node:fs/promises'
import { type Locator, type Page, test } from '@playwright/test'
import { expect as base, withoutWebGl } from './support/watch.ts'

// Training through the user interface, with the smallest agent and few updates, in the map view to
// reduce CPU load.
test.use({ viewport: { width: 1280, height: 800 } })
test.setTimeout(1_800_000)
// Training takes minutes when the CPU does all the work.
const expect = base.configure({ timeout: 600_000 })

test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

/**
 * Returns the URL of a training run with a judge's labels on a few episodes of the smallest agent;
 * `set` shortens the run.
 */
const judged = (set: string, more = '') =>
  `?device=wasm#/train?model=nano&labels=judge&comparisons=40&wanted=middle&set=${set}${more}`

const SHORT_REWARD = 'reward.steps:6,reward.checkpointEvery:2'
const LONG_REINFORCEMENT = [
  'reward.steps:4',
  'reinforcement.steps:400',
  'reinforcement.episodesPerUpdate:8',
  'reinforcement.minibatches:1',
  'reinforcement.clipsPerBatch:8',
  'reinforcement.checkpointEvery:1',
  'reinforcement.patience:400',
].join(',')

const button = (where: Page | Locator, name: string) =>
  where.getByRole('button', { name, exact: true })
const now = (page: Page) => page.locator('#training-now')
const row = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: button(page, `Rename ${name}`) })

/** Button that starts the training that is set up. */
const submit = (page: Page) =>
  page.getByRole('form', { name: 'New training' }).locator('button[type=submit]')

async function savedText(page: Page, press: Locator): Promise<string> {
  const coming = page.waitForEvent('download')
  await press.click()
  return readFile(await (await coming).path(), 'utf8')
}

test('trains a reward model on a judge’s labels, records how, and repeats it exactly', async ({
  page,
}) => {
  await page.goto(judged(SHORT_REWARD, '&job=reward'))
  await button(page, 'Train the reward model').click()
  const name = 'Reward, judge for middle'
  await expect(now(page).getByRole('heading', { name: `Done: ${name}` })).toBeVisible()
  await expect(
    now(page).getByRole('figure', { name: /Reward model loss: .*update 6/ }),
  ).toBeVisible()
  // The model can be used at once, without leaving the page.
  await expect(now(page).getByText('What the reward model learned')).toBeVisible()
  await now(page).getByRole('link', { name: 'Train the agent with it' }).click()
  await expect(submit(page)).toBeEnabled()

  await button(page, `Rename ${name}`).click()
  await page.keyboard.type('Mine')
  await page.keyboard.press('Enter')
  await expect(button(page, 'Rename Mine')).toBeFocused()
  await button(page, 'More about Mine').click()
  const { run } = JSON.parse(await savedText(page, button(page, 'Record (JSON)')))
  expect(run).toMatchObject({ name: 'Mine', state: 'done', plan: { recipe: { steps: 6 } } })
  await button(page, 'Repeat').click()
  await expect(row(page, 'Mine, again').getByText('Done')).toBeVisible()
  await button(page, 'More about Mine').click()
  await button(page, 'More about Mine, again').click()
  const again = JSON.parse(await savedText(page, button(page, 'Record (JSON)'))).run
  expect(again.result).toEqual(run.result)
  expect(again.curves).toEqual(run.curves)

  await button(page, 'Delete: Mine, again').click()
  await button(page, 'Delete for good?: Mine, again').click()
  await expect(row(page, 'Mine, again')).toHaveCount(0)
})

test('an alignment pauses, survives a reload, and is stopped with its result kept; the next run waits', async ({
  page,
}) => {
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto(judged(LONG_REINFORCEMENT, '&preference=no'))
  await button(page, 'Align the agent').click()
  const updates = now(page).getByText(/of 400 updates/)
  const done = async () => Number((await updates.textContent())?.split(' ')[0] ?? 0)
  await expect.poll(done).toBeGreaterThan(1)
  await button(now(page), 'Pause').click()
  await expect(button(now(page), 'Resume')).toBeFocused()
  const before = await done()
  await button(now(page), 'Resume').click()
  await expect.poll(done).toBeGreaterThan(before)

  await page.goto(`?device=wasm#/overview`)
  // A change of hash alone loads nothing.
  await page.reload()
  await expect(page.getByRole('link', { name: /^Training, \d+ % done$/ })).toBeVisible()
  await page.getByRole('link', { name: /^Training, \d+ % done$/ }).click()
  await expect.poll(done).toBeGreaterThan(before + 1)

  await page.goto(judged(SHORT_REWARD, '&job=reward'))
  await button(page, 'Add to the queue').click()
  const next = 'Reward, judge for middle'
  await expect(row(page, next).getByText('Waiting')).toBeVisible()
  await button(now(page), 'Stop and keep').click()
  await expect(row(page, next).getByText('Done')).toBeVisible()

  const first = page.getByRole('button', {
    name: 'More about Aligned, judge for middle',
  })
  await first.click()
  const beside = page.getByRole('link', { name: 'Watch it beside its starting agent' })
  await expect(beside).toHaveAttribute('href', /model=nano(,|%2C)file-/)
  await page.getByRole('link', { name: 'Train from it' }).click()
  await expect(page.getByRole('combobox', { name: 'Starting model' })).toHaveValue(/^file-/)
  await expect(page.getByText(/“file-.*” is not available/)).toHaveCount(0)
})
