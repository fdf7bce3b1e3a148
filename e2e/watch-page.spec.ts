import { test } from '@playwright/test'
import { follow, workersViolations } from './support/follow.ts'
import {
  countDrawing,
  expect,
  expectActing,
  VIEWPORT,
  waitForDecisions,
  watch,
  withoutWebGl,
} from './support/watch.ts'

// The Watch page with the browser's own graphics and devices. Its behaviour independent of the
// agent's device is tested in src/app/watch/watch.page.test.tsx.
test.use({ viewport: VIEWPORT })

// Draw calls at the highest quality, without other load, are counted in scene.spec.ts.
test('an agent acts on the CPU, every camera shows it, and the page complies with its policy', async ({
  page,
  baseURL,
}) => {
  const watched = await follow(page, new URL(baseURL ?? '').origin)
  await page.addInitScript(countDrawing)
  await watch(page, 'wasm')
  await expectActing(page, 'WASM')
  for (const camera of ['Free', 'Map', 'Follow']) {
    await page.getByRole('radiogroup', { name: 'Camera' }).getByText(camera).click()
    await expect(page.getByRole('radio', { name: camera })).toBeChecked()
  }
  expect((await page.evaluate(() => window.mostDrawn)).calls).toBeGreaterThan(10)
  expect(await workersViolations(page)).toEqual([])
  expect(watched).toEqual({ elsewhere: [], violations: [] })
})

test.describe('map view', () => {
  test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

  test('chooses a device automatically and gives a reason', async ({ page }) => {
    await page.goto('#/watch')
    await waitForDecisions(page, 1)
    await expect(page.getByRole('img', { name: /^Device: / })).toBeVisible()
    await expect(page.getByText(/ms per run/).first()).toBeVisible()
  })

  test('offers the CPU where WebGPU is unavailable', async ({ page }) => {
    await page.goto('?device=webgpu#/watch')
    await expect(page.getByRole('alert')).toContainText('WebGPU')
    await page.getByRole('button', { name: 'Use the CPU instead' }).click()
    await waitForDecisions(page, 1)
    await expect(page.getByRole('img', { name: 'Device: WASM' })).toBeVisible()
  })
})
