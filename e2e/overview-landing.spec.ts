import { gzipSync } from 'node:zlib'
import { type Page, type Response, test } from '@playwright/test'
import { moves } from './support/pictures.ts'
import { AGENTS_LOADED, expect, VIEWPORT, withoutWebGl } from './support/watch.ts'

// The landing page as built, with the shipped agents; its other behaviour is tested in
// src/app/landing/landing.page.test.tsx. Without WebGL, which only the Watch page needs.
test.use({ viewport: VIEWPORT })
test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

/** Maximum gzipped bytes of script loaded before the first movement. CSS and HTML are small in comparison. */
const SCRIPT_BUDGET = 200_000

const base = (page: Page) => page.getByRole('article', { name: 'Base' })
const baseMap = (page: Page) => base(page).getByRole('img', { name: /seen from above/ })

test('shows movement before anything large has loaded', async ({ page }) => {
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
  await expect.poll(() => moves(baseMap(page))).toBe(true)
})

/** Runs in the page: returns the time of the first movement, in milliseconds since navigation started. */
function firstMovement(): number | undefined {
  return performance.getEntriesByName('first-movement')[0]?.startTime
}

/** Runs in the page: returns the URLs requested before the first movement. */
function requestedBeforeMovement(): string[] {
  const moved = performance.getEntriesByName('first-movement')[0]?.startTime ?? 0
  return performance
    .getEntriesByType('resource')
    .filter(({ startTime }) => startTime < moved)
    .map(({ name }) => name)
}

test('switches from recordings to the live agents', async ({ page }) => {
  await page.goto('?device=wasm#/')
  await expect(base(page).getByText('Recorded')).toBeVisible()
  // If a round ended in the meantime, the next one would already start with the live agents.
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByText(AGENTS_LOADED)).toBeVisible()
  await page.getByRole('button', { name: 'Another start' }).click()
  await expect(base(page).getByText('Live')).toBeVisible()
  await expect(page.getByText(/^Live: networks of .* on the CPU\.$/)).toBeVisible()
  await page.getByRole('button', { name: 'Play' }).click()
  await expect.poll(() => moves(baseMap(page))).toBe(true)
})
