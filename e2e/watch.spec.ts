import { expect as base, type Page, type TestInfo, test } from '@playwright/test'

// The Watch page as visitors get it, driven by roles and labels. On the emulated GPU only what has
// to do with the device is repeated: there, a decision takes a hundred times as long.

// Small, and patient: here the processor draws the island, runs the agent, and much else.
test.use({ viewport: { width: 1000, height: 640 } })
const expect = base.configure({ timeout: 30_000 })

const isGpu = (project: string) => project === 'webgpu'

function onlyOnProcessor({ page: _page }: { page: Page }, { project }: TestInfo): void {
  test.skip(isGpu(project.name), 'the same code, only slower')
}

function decisions(page: Page) {
  return page.getByRole('timer', { name: 'Decisions of this episode' })
}

async function decisionCount(page: Page): Promise<number> {
  return Number(await decisions(page).textContent())
}

async function waitForDecisions(page: Page, count: number): Promise<void> {
  await expect.poll(() => decisionCount(page)).toBeGreaterThanOrEqual(count)
}

/** Opens the page on the device of this project and waits until the agent acts. */
async function watch(page: Page, project: string, properties = ''): Promise<void> {
  await page.goto(`?device=${project}#/watch${properties}`)
  await waitForDecisions(page, 1)
}

test('an agent acts on this device, and the page says which and why', async ({ page }, {
  project,
}) => {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  await watch(page, project.name)
  await waitForDecisions(page, 3)
  const name = isGpu(project.name) ? 'Device: WebGPU' : 'Device: WASM'
  await expect(page.getByRole('img', { name })).toBeVisible()
  await expect(page.getByText(/asked for in the address/)).toBeVisible()
  await expect(page.getByRole('img', { name: /What the agent sees/ })).toBeVisible()
  await expect(page.getByRole('img', { name: /The island in three dimensions/ })).toBeVisible()
  expect(problems).toEqual([])
})

test('draws the island within its budget, from every camera', async ({ page }, { project }) => {
  test.skip(isGpu(project.name), 'the same picture')
  await page.addInitScript(countDrawing)
  await watch(page, project.name)
  for (const camera of ['Orbit', 'Map', 'Follow']) {
    await page.getByRole('radiogroup', { name: 'Camera' }).getByText(camera).click()
    await expect(page.getByRole('radio', { name: camera })).toBeChecked()
  }
  const { calls, triangles } = await page.evaluate(() => window.mostDrawn)
  expect(calls).toBeGreaterThan(10)
  expect(calls).toBeLessThanOrEqual(100)
  expect(triangles).toBeLessThanOrEqual(150_000)
})

test.describe('on the processor', () => {
  test.beforeEach(onlyOnProcessor)
  test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

  test('chooses a device by itself and gives a reason', async ({ page }) => {
    await page.goto('#/watch')
    await waitForDecisions(page, 1)
    await expect(page.getByRole('img', { name: /^Device: / })).toBeVisible()
    await expect(page.getByText(/ms a run/).first()).toBeVisible()
  })

  test('pauses, goes on, restarts and goes to the next seed, by buttons and by keys', async ({
    page,
  }, { project }) => {
    await watch(page, project.name, '?seed=7')
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

  test('keeps seed, stage and speed in the address', async ({ page }, { project }) => {
    await watch(page, project.name, '?seed=11&speed=0.5')
    await page.getByRole('radiogroup', { name: 'Stage' }).getByText('Fine-tuned').click()
    await expect(page).toHaveURL(/model=fine-tuned/)
    await page.getByRole('textbox', { name: 'Seed' }).fill('12')
    await expect(page).toHaveURL(/seed=12/)
    await page.reload()
    await waitForDecisions(page, 1)
    await expect(page.getByRole('textbox', { name: 'Seed' })).toHaveValue(/^1[23]$/)
    await expect(page.getByRole('radio', { name: 'Fine-tuned' })).toBeChecked()
    await expect(page.getByRole('radio', { name: '½×' })).toBeChecked()
  })

  test('counts how an episode ended and says so', async ({ page }, { project }) => {
    test.setTimeout(120_000)
    await watch(page, project.name, '?seed=3&speed=4&camera=map')
    const outcomes = page.getByRole('table', { name: 'Outcomes of Base' })
    await expect(outcomes).toBeVisible({ timeout: 90_000 })
    await expect(outcomes.getByText('1 episode', { exact: true })).toBeVisible()
    await expect(page.getByRole('status')).toHaveText(/Reached (the|no) /)
    const counts = await outcomes.getByRole('row').allTextContents()
    expect(counts.filter((text) => /^(None|Left|Middle|Right)1100 %$/.test(text))).toHaveLength(1)
    // What comes next is another seed, by itself.
    await expect(page).toHaveURL(/seed=4/)
  })

  test('starts paused for who asked for less motion', async ({ page }, { project }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(`?device=${project.name}#/watch`)
    await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled()
    await page.waitForTimeout(500)
    await expect(decisions(page)).toHaveText('0')
    await page.getByRole('button', { name: 'Play' }).click()
    await waitForDecisions(page, 1)
  })

  test('turns off shortcuts of a single letter', async ({ page }, { project }) => {
    await watch(page, project.name, '?seed=7')
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
    await page.getByRole('switch', { name: 'Shortcuts of a single letter' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Outcomes' }).click()
    await page.keyboard.press('n')
    await page.keyboard.press('Space')
    await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
    await expect(page).toHaveURL(/seed=7/)
  })

  test('fits a telephone without scrolling sideways', async ({ page }, { project }) => {
    await page.setViewportSize({ width: 390, height: 844 })
    await watch(page, project.name)
    const overhang = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    )
    expect(overhang).toBeLessThanOrEqual(0)
  })
})

test.describe('when something is missing', () => {
  test.beforeEach(onlyOnProcessor)
  test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

  test('says that there is no list of models, and tries again', async ({ page }, { project }) => {
    await page.route('**/models/manifest.json', (route) => route.fulfill({ status: 404 }))
    await page.goto(`?device=${project.name}#/watch`)
    await expect(page.getByRole('alert')).toContainText('This site has no list of models')
    await page.unroute('**/models/manifest.json')
    await page.getByRole('button', { name: 'Try again' }).click()
    await waitForDecisions(page, 1)
    await expect(page.getByRole('alert')).toHaveCount(0)
  })

  test('says that a model is damaged', async ({ page }, { project }) => {
    await page.route('**/models/*.onnx', (route) => route.fulfill({ body: 'not a model' }))
    await page.goto(`?device=${project.name}#/watch`)
    await expect(page.getByRole('alert')).toContainText(/is damaged: found SHA-256/)
  })

  test('says which stages there are when the address names another', async ({ page }, {
    project,
  }) => {
    await page.goto(`?device=${project.name}#/watch?model=nonsense`)
    await expect(page.getByRole('alert')).toContainText(/no model “nonsense”.*base/)
    await page.getByRole('radiogroup', { name: 'Stage' }).getByText('Base').click()
    await waitForDecisions(page, 1)
  })

  test('offers the processor where there is no WebGPU', async ({ page }) => {
    await page.goto('?device=webgpu#/watch')
    await expect(page.getByRole('alert')).toContainText('WebGPU')
    await page.getByRole('button', { name: 'Use the processor instead' }).click()
    await waitForDecisions(page, 1)
    await expect(page.getByRole('img', { name: 'Device: WASM' })).toBeVisible()
  })

  test('shows the island from above where there is no WebGL', async ({ page }, { project }) => {
    await watch(page, project.name)
    await expect(page.getByText(/offers no WebGL/)).toBeVisible()
    await expect(page.getByRole('img', { name: /Map of the island/ }).first()).toBeVisible()
  })
})

/** Runs in the page: takes WebGL away, which leaves the map from above and spares the processor. */
function withoutWebGl(): void {
  const original = HTMLCanvasElement.prototype.getContext
  HTMLCanvasElement.prototype.getContext = function (kind: string, ...rest: unknown[]) {
    if (kind.startsWith('webgl')) return null
    return Reflect.apply(original, this, [kind, ...rest])
  }
}

declare global {
  interface Window {
    mostDrawn: { calls: number; triangles: number }
  }
}

/**
 * Runs in the page: the most that was drawn within one frame of the screen, shadows included, as on
 * a machine with a GPU.
 */
function countDrawing(): void {
  window.mostDrawn = { calls: 0, triangles: 0 }
  let frame = { at: -1, calls: 0, triangles: 0 }
  const count = (corners: number, instances: number) => {
    const at = Number(document.timeline.currentTime)
    if (at !== frame.at) frame = { at, calls: 0, triangles: 0 }
    frame.calls += 1
    frame.triangles += (corners / 3) * instances
    const most = window.mostDrawn
    most.calls = Math.max(most.calls, frame.calls)
    most.triangles = Math.max(most.triangles, frame.triangles)
  }
  const gl = WebGL2RenderingContext.prototype
  const { getParameter } = gl
  const UNMASKED_RENDERER = 0x9246
  gl.getParameter = function (name) {
    return name === UNMASKED_RENDERER ? 'a GPU' : getParameter.call(this, name)
  }
  const { drawArrays, drawElements, drawArraysInstanced, drawElementsInstanced } = gl
  gl.drawArrays = function (mode, first, corners) {
    count(corners, 1)
    drawArrays.call(this, mode, first, corners)
  }
  gl.drawElements = function (mode, corners, type, offset) {
    count(corners, 1)
    drawElements.call(this, mode, corners, type, offset)
  }
  gl.drawArraysInstanced = function (mode, first, corners, instances) {
    count(corners, instances)
    drawArraysInstanced.call(this, mode, first, corners, instances)
  }
  gl.drawElementsInstanced = function (mode, corners, type, offset, instances) {
    count(corners, instances)
    drawElementsInstanced.call(this, mode, corners, type, offset, instances)
  }
}
