import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { type Download, type Page, test } from '@playwright/test'
import { expectNoOverhang } from './support/layout.ts'
import { expect as base, VIEWPORT, withoutWebGl } from './support/watch.ts'

// Evaluations of a few episodes by the smallest network there is, on the processor.

const expect = base.configure({ timeout: 90_000 })
const SET_UP = 'model=nano,fine-tuned&episodes=5&seed=7&reward=reward-left'

test.use({ viewport: VIEWPORT, permissions: ['clipboard-read', 'clipboard-write'] })
test.setTimeout(240_000)
test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

const said = (page: Page) => page.getByRole('status', { name: 'What happens' })
const done = (page: Page) => expect(said(page)).toContainText('The evaluation is done.')

/** What the bars say: for each ending the counts k of n, one a policy. */
async function counts(page: Page): Promise<string[][]> {
  const all: string[][] = []
  for (const ending of ['none', 'left', 'middle', 'right']) {
    const table = page.getByRole('table', { name: `Episodes that end ${ending}` })
    all.push(await table.locator('td:last-child').allTextContents())
  }
  return all
}

function sums(all: readonly string[][], policy: number): { k: number; n: string[] } {
  const cells = all.map((row) => (row[policy] ?? '').split('/'))
  return {
    k: cells.reduce((sum, [k]) => sum + Number(k), 0),
    n: cells.map(([, n]) => n ?? ''),
  }
}

async function saved(page: Page, button: string | RegExp): Promise<Download> {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  return download
}

test('plays, counts every episode once, and its files and its link say the same', async ({
  page,
}) => {
  await page.goto(`#/evaluate?${SET_UP}`)
  await page.getByRole('button', { name: 'Run 10 episodes' }).click()
  await done(page)
  const first = await counts(page)
  for (const policy of [0, 1]) {
    expect(sums(first, policy)).toEqual({ k: 5, n: ['5', '5', '5', '5'] })
  }
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoOverhang(page)
  await page.setViewportSize(VIEWPORT)

  const csv = await readFile(await (await saved(page, 'Episodes as CSV')).path(), 'utf8')
  const rows = csv
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
  expect(rows).toHaveLength(11)
  const outcome = rows[0]?.indexOf('outcome') ?? -1
  const none = rows.filter((row) => row[0] === 'nano' && row[outcome] === 'none')
  expect(`${none.length}/5`).toBe(first[0]?.[0])

  const json = JSON.parse(await readFile(await (await saved(page, 'All as JSON')).path(), 'utf8'))
  expect(json).toMatchObject({ format: 'jumppad-evaluation', version: 1, complete: true })
  expect(`${json.policies[1].summary.outcomes.left}/5`).toBe(first[1]?.[1])

  const png = await readFile(await (await saved(page, 'Save “Occupancy” as PNG')).path())
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.length).toBeGreaterThan(20_000)

  await page.getByRole('button', { name: 'Copy a link' }).click()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  expect(link).toBe(json.link)
  await page.goto('about:blank')
  await page.goto(link)
  await done(page)
  expect(await counts(page)).toEqual(first)
})

test('is used by keyboard alone, from the run to the replay', async ({ page }) => {
  await page.goto('#/evaluate?model=nano&episodes=3&reward=none')
  await expect(page.getByRole('button', { name: 'Run 3 episodes' })).toBeEnabled()
  await page.getByRole('textbox', { name: 'Episodes each' }).focus()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await done(page)
  const episodes = page.getByRole('table', { name: 'Episodes', exact: true })
  await episodes.getByRole('button', { name: '1', exact: true }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const replay = page.getByRole('dialog', { name: /^Episode 2, seed \d+/ })
  await expect(replay.getByRole('img', { name: /in this episode/ })).toHaveAccessibleDescription(
    /^Starts .*seconds\.$/,
  )
  await replay.getByRole('button', { name: 'Next episode' }).press('Enter')
  await expect(page.getByRole('dialog', { name: /^Episode 3, / })).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Next episode' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page).toHaveURL(/episodes=4/)
})

test('stops, and counts only a beginning of which all has ended', async ({ page }) => {
  await page.goto('#/evaluate?model=fine-tuned&episodes=2000&reward=none&run=now')
  const progress = page.getByRole('progressbar', { name: 'Progress of the evaluation' })
  await expect(progress).toHaveAttribute('aria-valuetext', /left$/)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(said(page)).toContainText('Stopped.')
  await expect(page.getByText(/Counted of 2,000 episodes each: \d+ of Fine-tuned/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Run 2,000 episodes' })).toBeEnabled()
})

test('says what is wrong with a model, and plays the others', async ({ page }) => {
  await page.route('**/models/base.onnx', (route) => route.fulfill({ status: 404 }))
  await page.goto('#/evaluate?model=base,gone,nano&episodes=2&reward=none&run=now')
  await done(page)
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('Base is left out. The model is missing: found status 404')
  await expect(alert).toContainText('There is no policy “gone”')
  expect(sums(await counts(page), 0).k).toBe(2)
})
