import { test } from '@playwright/test'
import { expectNoOverhang } from './support/layout.ts'
import {
  countDrawing,
  decisionCount,
  decisions,
  expect,
  VIEWPORT,
  waitForDecisions,
  watch,
  withoutWebGl,
} from './support/watch.ts'

// The Watch page as visitors get it, driven by roles and labels, on the processor.
test.use({ viewport: VIEWPORT })

// How much is drawn at the finest, with nothing else to do, is counted in scene.spec.ts.
test('draws the island from every camera', async ({ page }) => {
  await page.addInitScript(countDrawing)
  await watch(page, 'wasm')
  for (const camera of ['Free', 'Map', 'Follow']) {
    await page.getByRole('radiogroup', { name: 'Camera' }).getByText(camera).click()
    await expect(page.getByRole('radio', { name: camera })).toBeChecked()
  }
  expect((await page.evaluate(() => window.mostDrawn)).calls).toBeGreaterThan(10)
})

test.describe('from above', () => {
  test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

  test('chooses a device by itself and gives a reason', async ({ page }) => {
    await page.goto('#/watch')
    await waitForDecisions(page, 1)
    await expect(page.getByRole('img', { name: /^Device: / })).toBeVisible()
    await expect(page.getByText(/ms a run/).first()).toBeVisible()
  })

  test('pauses, goes on, restarts and goes to the next seed, by buttons and by keys', async ({
    page,
  }) => {
    await watch(page, 'wasm', '?seed=7')
    await page.getByRole('button', { name: 'Pause' }).click()
    const paused = await decisionCount(page)
    await page.waitForTimeout(1_000)
    expect(await decisionCount(page)).toBe(paused)

    await page.getByRole('button', { name: 'Restart' }).click()
    await expect(decisions(page)).toHaveText('0')
    await page.getByRole('button', { name: 'Play' }).click()
    await waitForDecisions(page, 2)

    await page.getByRole('heading', { name: 'Outcomes' }).click()
    await page.keyboard.press('Space')
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
    await page.keyboard.press('n')
    await expect(page.getByRole('textbox', { name: 'Seed' })).toHaveValue('8')
    await expect(page).toHaveURL(/seed=8/)
    await expect(decisions(page)).toHaveText('0')
  })

  test('keeps seed, stage and speed in the address', async ({ page }) => {
    await watch(page, 'wasm', '?seed=11&speed=0.5')
    await page.getByRole('combobox', { name: 'Agent 1' }).selectOption('fine-tuned')
    await expect(page).toHaveURL(/model=fine-tuned/)
    await page.getByRole('textbox', { name: 'Seed' }).fill('12')
    await expect(page).toHaveURL(/seed=12/)
    await page.reload()
    await waitForDecisions(page, 1)
    await expect(page.getByRole('textbox', { name: 'Seed' })).toHaveValue(/^1[23]$/)
    await expect(page.getByRole('combobox', { name: 'Agent 1' })).toHaveValue('fine-tuned')
    await expect(page.getByRole('radio', { name: '½×' })).toBeChecked()
  })

  test('counts how an episode ended and says so', async ({ page }) => {
    test.setTimeout(120_000)
    await watch(page, 'wasm', '?seed=3&speed=4&camera=map')
    const outcomes = page.getByRole('table', { name: 'Outcomes of Base' })
    await expect(outcomes).toBeVisible({ timeout: 90_000 })
    await expect(outcomes.getByText('1 episode', { exact: true })).toBeVisible()
    await expect(page.getByRole('status', { name: 'What happens' })).toHaveText(/Reached (the|no) /)
    const counts = await outcomes.getByRole('row').allTextContents()
    expect(counts.filter((text) => /^(None|Left|Middle|Right)1100 %$/.test(text))).toHaveLength(1)
    // What comes next is another seed, by itself.
    await expect(page).toHaveURL(/seed=4/)
  })

  test('starts paused for who asked for less motion', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto('?device=wasm#/watch')
    await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled()
    await page.waitForTimeout(500)
    await expect(decisions(page)).toHaveText('0')
    await page.getByRole('button', { name: 'Play' }).click()
    await waitForDecisions(page, 1)
  })

  test('turns off shortcuts of a single letter', async ({ page }) => {
    await watch(page, 'wasm', '?seed=7')
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
    await page.getByRole('switch', { name: 'Shortcuts of a single letter' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Outcomes' }).click()
    await page.keyboard.press('n')
    await page.keyboard.press('Space')
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
    await expect(page).toHaveURL(/seed=7/)
  })

  test('fits a telephone without scrolling sideways', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await watch(page, 'wasm')
    await expectNoOverhang(page)
  })
})

test.describe('when something is missing', () => {
  test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

  test('says that there is no list of models, and tries again', async ({ page }) => {
    await page.route('**/models/manifest.json', (route) => route.fulfill({ status: 404 }))
    await page.goto('?device=wasm#/watch')
    await expect(page.getByRole('alert')).toContainText('This site has no list of models')
    await page.unroute('**/models/manifest.json')
    await page.getByRole('button', { name: 'Try again' }).click()
    await waitForDecisions(page, 1)
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  test('says that a model is damaged', async ({ page }) => {
    await page.route('**/models/*.onnx', (route) => route.fulfill({ body: 'not a model' }))
    await page.goto('?device=wasm#/watch')
    await expect(page.getByRole('alert')).toContainText(/is damaged: found SHA-256/)
  })

  test('says which stages there are when the address names another', async ({ page }) => {
    await page.goto('?device=wasm#/watch?model=nonsense')
    await expect(page.getByRole('alert')).toContainText(/no model “nonsense”.*base/)
    await page.getByRole('combobox', { name: 'Agent 1' }).selectOption('base')
    await expect(page.getByRole('alert')).toHaveCount(0)
    await waitForDecisions(page, 1)
  })

  test('lets a recording go on where the agent cannot act', async ({ page }) => {
    await page.route('**/models/base.onnx', (route) => route.fulfill({ status: 404 }))
    await page.goto('?device=wasm#/watch')
    await expect(page.getByRole('alert')).toContainText('The model is missing: found status 404')
    await waitForDecisions(page, 3)
    await expect(page.getByText('Recording', { exact: true })).toBeVisible()
  })

  test('offers the processor where there is no WebGPU', async ({ page }) => {
    await page.goto('?device=webgpu#/watch')
    await expect(page.getByRole('alert')).toContainText('WebGPU')
    await page.getByRole('button', { name: 'Use the processor instead' }).click()
    await waitForDecisions(page, 1)
    await expect(page.getByRole('img', { name: 'Device: WASM' })).toBeVisible()
  })

  test('shows the island from above where there is no WebGL', async ({ page }) => {
    await watch(page, 'wasm')
    await expect(page.getByText(/offers no WebGL/)).toBeVisible()
    await expect(page.getByRole('img', { name: /Map of the island/ }).first()).toBeVisible()
  })
})
