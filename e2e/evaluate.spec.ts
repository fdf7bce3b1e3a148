import { type Page, test } from '@playwright/test'
import { brokenRules } from './support/axe.ts'
import { expect, VIEWPORT, withoutWebGl } from './support/watch.ts'

// Evaluation of a few episodes with the real runtime on the WASM backend. The page's other
// behaviour is tested in src/app/evaluate/evaluate.page.test.tsx.

const SET_UP = 'model=nano,fine-tuned&episodes=2&seed=7&reward=reward-left'

test.use({ viewport: VIEWPORT, permissions: ['clipboard-read', 'clipboard-write'] })
test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

function done(page: Page): Promise<void> {
  const said = page.getByRole('status', { name: 'Announcements' })
  return expect(said).toContainText('The evaluation is complete.')
}

/** Reads the table of each outcome: a list of counts `k/n`, one per policy. */
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

test('plays, counts every episode once, and repeats the same evaluation from its link', async ({
  page,
}) => {
  await page.goto(`#/evaluate?${SET_UP}&run=now`)
  await done(page)
  const first = await counts(page)
  for (const policy of [0, 1]) {
    expect(sums(first, policy)).toEqual({ k: 2, n: ['2', '2', '2', '2'] })
  }
  expect(await brokenRules(page)).toEqual([])

  await page.getByRole('button', { name: 'Copy link' }).click()
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.goto('about:blank')
  await page.goto(link)
  await done(page)
  expect(await counts(page)).toEqual(first)
})
