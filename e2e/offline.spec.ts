import { type Browser, type BrowserContext, type Page, test } from '@playwright/test'
import { moves } from './overview-results.ts'
import { StaticHost } from './support/static-host.ts'
import { expect, VIEWPORT, waitForDecisions, withoutWebGl } from './support/watch.ts'

// On the plainest of hosts, without any header, below a path: what needs isolation or works without
// a network does so by the service worker alone.

const base = (page: Page) => page.getByRole('article', { name: 'Base' })
const baseMap = (page: Page) => base(page).getByRole('img', { name: /seen from above/ })
const isolated = (page: Page) => page.evaluate(() => crossOriginIsolated)
const state = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

let host: StaticHost
let context: BrowserContext

async function visitor(browser: Browser): Promise<BrowserContext> {
  const created = await browser.newContext({ viewport: VIEWPORT })
  await created.addInitScript(withoutWebGl)
  return created
}

test.beforeEach(async ({ browser }) => {
  host = new StaticHost()
  await host.start()
  context = await visitor(browser)
})

test.afterEach(async () => {
  await context.close()
  await host.stop()
})

/** Counts how often the page was loaded, however that came about. */
function loads(page: Page): () => number {
  let count = 0
  page.on('domcontentloaded', () => count++)
  return () => count
}

test('works without a network once it says so, and is isolated from the second visit on', async () => {
  const page = await context.newPage()
  const count = loads(page)
  await page.goto(`${host.url}?device=wasm#/?seed=11`)
  await expect(state(page, 'Ready offline')).toBeVisible({ timeout: 60_000 })
  expect(count()).toBe(1)
  expect(await isolated(page)).toBe(false)

  await host.stop()
  await page.reload()
  expect(await isolated(page)).toBe(true)
  await expect.poll(() => moves(baseMap(page), 300)).toBe(true)
  await expect(page.getByText('they take over with the next start')).toBeVisible()
  await page.getByRole('button', { name: 'Another start' }).click()
  await expect(base(page).getByText('Live')).toBeVisible()
  await expect(state(page, 'Ready offline')).toBeVisible()

  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Watch' }).click()
  await waitForDecisions(page, 2)
  await expect(page.getByText(/WebAssembly, \d threads/).first()).toBeVisible()
  expect(count()).toBe(2)
  await host.start()
})
