import { type Page, test } from '@playwright/test'
import { expect, VIEWPORT, withoutWebGl } from './support/watch.ts'

// Code that is loaded when it is first needed, while the network fails. Without a service worker, which
// would have stored it.

test.use({ viewport: VIEWPORT, serviceWorkers: 'block' })
test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

/** Makes requests for files of the build whose names begin so fail; resolves to a function that ends this. */
async function withoutFiles(page: Page, name: string): Promise<() => Promise<void>> {
  const address = `**/assets/${name}-*`
  await page.route(address, (route) => route.abort())
  return () => page.unroute(address)
}

const missing = (page: Page) =>
  page.getByRole('alert').filter({ hasText: 'Part of the page could not be loaded' })

test('a part of a page that could not be loaded leaves the rest, and is loaded on another try', async ({
  page,
}) => {
  const restore = await withoutFiles(page, 'RewardLook')
  await page.goto('?device=wasm#/evaluate?reward=reward-left')
  await page.getByText('What the reward model learned').click()
  await expect(missing(page)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Run \d+ episodes$/ })).toBeEnabled()
  const again = missing(page).getByRole('button', { name: 'Try again' })
  await again.click()
  await expect(missing(page)).toBeVisible()
  await restore()
  await again.click()
  await expect(page.getByLabel('Compare it with')).toBeVisible()
  await expect(missing(page)).toHaveCount(0)
  // The part has its style sheet, too.
  const styled = () =>
    page.evaluate(() => [...document.styleSheets].some(({ href }) => href?.includes('RewardLook-')))
  await expect.poll(styled).toBe(true)
})

test('a training starts once the code that could not be loaded can be loaded', async ({ page }) => {
  const restore = await withoutFiles(page, 'open-queue')
  await page.goto(
    '?device=wasm#/train?job=reward&model=nano&labels=judge&comparisons=40&wanted=middle&set=reward.steps:4',
  )
  const start = page.getByRole('button', { name: 'Train the reward model', exact: true })
  await expect(missing(page)).toBeVisible()
  await start.click()
  await expect(missing(page)).toBeVisible()
  await restore()
  await start.click()
  await expect(page.getByRole('heading', { name: 'Done: Reward, judge for middle' })).toBeVisible()
  await expect(missing(page)).toHaveCount(0)
})
