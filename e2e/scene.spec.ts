import { test } from '@playwright/test'
import { countDrawing, expect } from './support/watch.ts'

// The scene alone at the highest quality. Every WebGL draw call is counted, including those for shadows.
test.use({ viewport: { width: 320, height: 200 } })

const BUDGET = { calls: 100, triangles: 150_000 }

/** Island with the densest vegetation of the first 3,000. */
const SEED = 135

/** Time in tenths of a second at which the first walker has just been launched. */
const THROWN = 74

const address = (query: string) =>
  `http://127.0.0.1:${process.env.JUMPPAD_E2E_PAGES_PORT}/scene.html?quality=high&seed=${SEED}&${query}`

for (const camera of ['chase', 'orbit', 'map']) {
  test(`draws one view within its budget: ${camera}`, async ({ page }) => {
    await page.addInitScript(countDrawing)
    await page.goto(address(`camera=${camera}&at=${THROWN}`))
    await expect.poll(() => page.evaluate(() => window.mostDrawn.calls)).toBeGreaterThan(20)
    const { calls, triangles } = await page.evaluate(() => window.mostDrawn)
    test
      .info()
      .annotations.push({ type: 'drawn', description: `${calls} calls, ${triangles} triangles` })
    expect(calls).toBeLessThanOrEqual(BUDGET.calls)
    expect(triangles).toBeLessThanOrEqual(BUDGET.triangles)
  })
}

test('draws four views on one canvas at no more than four times the cost', async ({ page }) => {
  await page.addInitScript(countDrawing)
  await page.goto(address(`views=4&at=${THROWN}`))
  await expect.poll(() => page.evaluate(() => window.mostDrawn.calls)).toBeGreaterThan(80)
  expect(await page.locator('canvas').count()).toBe(1)
  await expect(page.getByRole('img', { name: /^View / })).toHaveCount(4)
  const { calls, triangles } = await page.evaluate(() => window.mostDrawn)
  test
    .info()
    .annotations.push({ type: 'drawn', description: `${calls} calls, ${triangles} triangles` })
  expect(calls).toBeLessThanOrEqual(4 * BUDGET.calls)
  expect(triangles).toBeLessThanOrEqual(4 * BUDGET.triangles)
})
