import { gzipSync } from 'node:zlib'
import { type Page, type Response, test } from '@playwright/test'
import { moves } from './overview-results.ts'
import { expectNoOverhang } from './support/layout.ts'
import { expect, VIEWPORT, withoutWebGl } from './support/watch.ts'

// What a visitor sees first. Without WebGL, which only the Watch page has a use for.
test.use({ viewport: VIEWPORT })
test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

/** What may come before something moves: CSS and the page itself are small beside it. */
const SCRIPT_BUDGET = 200_000

const base = (page: Page) => page.getByRole('article', { name: 'Base' })
const baseMap = (page: Page) => base(page).getByRole('img', { name: /seen from above/ })

test('moves before anything large has come', async ({ page }) => {
  const scripts = new Map<string, Response>()
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.set(response.url(), response)
  })
  await page.goto('?device=wasm#/')
  await expect.poll(() => page.evaluate(firstMovement)).toBeDefined()
  const before = await page.evaluate(requestedBeforeMovement)
  const sizes = await Promise.all(
    before.map(async (url) => gzipSync((await scripts.get(url)?.body()) ?? '').length),
  )
  const total = sizes.reduce((sum, size) => sum + size, 0)
  expect(total).toBeGreaterThan(50_000)
  expect(total).toBeLessThanOrEqual(SCRIPT_BUDGET)
  expect(before.filter((url) => /\.(wasm|onnx|json)$/.test(url))).toEqual([])
  expect(await moves(baseMap(page), 300)).toBe(true)
})

/** Runs in the page: when something first moved, milliseconds since the visit began. */
function firstMovement(): number | undefined {
  return performance.getEntriesByName('first-movement')[0]?.startTime
}

/** Runs in the page: what was asked for until then. */
function requestedBeforeMovement(): string[] {
  const moved = performance.getEntriesByName('first-movement')[0]?.startTime ?? 0
  return performance
    .getEntriesByType('resource')
    .filter(({ startTime }) => startTime < moved)
    .map(({ name }) => name)
}

test('lets the agents take over from their recordings, from one seed', async ({ page }) => {
  await page.goto('?device=wasm#/?seed=11')
  await expect(base(page).getByText('Recorded')).toBeVisible()
  await expect(page.getByRole('progressbar')).toBeVisible()
  await expect(page.getByText('they take over with the next start')).toBeVisible()
  await expect(base(page).getByText(/of 1,000 measured episodes/)).toBeVisible()
  await page.getByRole('button', { name: 'Another start' }).click()
  await expect(base(page).getByText('Live')).toBeVisible()
  await expect(page.getByRole('article', { name: 'Fine-tuned' }).getByText('Live')).toBeVisible()
  await expect(page.getByText('Seed 11')).toBeVisible()
  await expect.poll(() => moves(baseMap(page), 300)).toBe(true)
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
  expect(await moves(baseMap(page), 300)).toBe(false)
  await page.getByRole('button', { name: 'Another start' }).click()
  await expect(page).toHaveURL(/#\/\?seed=12$/)
})

test('says why the agents do not come, and goes on with recordings', async ({ page }) => {
  await page.route('**/models/*.onnx', (route) => route.fulfill({ status: 404 }))
  await page.goto('?device=wasm#/')
  await expect(page.getByRole('alert')).toContainText(/recorded episodes go on.*status 404/)
  await expect(base(page).getByText('Recorded')).toBeVisible()
  await page.unroute('**/models/*.onnx')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('they take over with the next start')).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('stands still for who asked for less motion, until asked to play', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('?device=wasm#/')
  await expect(baseMap(page)).toBeVisible()
  await page.waitForTimeout(300)
  expect(await moves(baseMap(page), 400)).toBe(false)
  await page.getByRole('button', { name: 'Play' }).click()
  expect(await moves(baseMap(page), 400)).toBe(true)
})

test('fits a telephone, and leads on', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('?device=wasm#/')
  await expect(base(page)).toBeVisible()
  await expectNoOverhang(page)
  await page.getByRole('link', { name: 'Watch one' }).click()
  await expect(page).toHaveURL(/#\/watch$/)
  await expect(page.getByRole('link', { name: 'Watch' })).toHaveAttribute('aria-current', 'page')
})
