import AxeBuilder from '@axe-core/playwright'
import { type Locator, type Page, test } from '@playwright/test'
import { clip } from './support/label.ts'
import { expectNoOverhang } from './support/layout.ts'
import { StaticHost } from './support/static-host.ts'
import { expect, VIEWPORT, waitForDecisions, withoutWebGl } from './support/watch.ts'

// The tour on the agents that ship; on the map, to spare the processor.
test.use({ viewport: VIEWPORT })
test.setTimeout(240_000)
test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

const TELEPHONE = { width: 390, height: 844 }

const panel = (page: Page) => page.getByRole('region', { name: 'Guided tour' })
const invitation = (page: Page) => page.getByRole('region', { name: 'Invitation to a tour' })
const step = (page: Page, name: string) => panel(page).getByRole('heading', { name })
const button = (where: Page | Locator, name: string | RegExp) => where.getByRole('button', { name })

/** Goes on by Tab until something has the focus, and presses it. */
async function reachAndPress(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeEnabled()
  for (let tabs = 0; tabs < 40; tabs++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await expect(wanted).toBeFocused()
  await page.keyboard.press('Enter')
}

async function keepsTheRules(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([])
  await expectNoOverhang(page)
}

test('is offered once, and again only when asked', async ({ page }) => {
  await page.goto('?device=wasm#/')
  await button(invitation(page), 'No, thanks').click()
  await expect(invitation(page)).toHaveCount(0)
  await page.reload()
  await button(page, /^Take the tour/).click()
  await expect(invitation(page)).toHaveCount(0)
  await expect(step(page, 'Watch where it goes')).toBeFocused()
  await expect(page).toHaveURL(/#\/watch\?model=fine-tuned$/)

  await button(panel(page), 'Middle').click()
  await button(panel(page), 'Next: label').click()
  await expect(step(page, 'Label ten pairs')).toBeVisible()
  await page.reload()
  await expect(step(page, 'Label ten pairs')).toBeVisible()
  await button(panel(page), 'Leave the tour').click()
  await expect(panel(page)).toHaveCount(0)
  await page.goto('?device=wasm#/overview')
  await expect(invitation(page)).toHaveCount(0)
  await button(page, 'Continue the tour').click()
  await expect(step(page, 'Label ten pairs')).toBeVisible()
  await expect(page).toHaveURL(/#\/label\?.*wanted=middle/)
})

test('leads by keys from watching to the difference, by ten labels that tell much', async ({
  page,
}) => {
  page.on('dialog', (dialog) => void dialog.accept())
  await page.goto('?device=wasm#/')
  await reachAndPress(page, button(invitation(page), /^Take the tour/))
  await expect(step(page, 'Watch where it goes')).toBeFocused()
  await reachAndPress(page, button(panel(page), 'Right'))
  await keepsTheRules(page)
  await reachAndPress(page, button(panel(page), 'Next: label'))

  await expect(clip(page, 'Left')).toBeVisible()
  await page.setViewportSize(TELEPHONE)
  await keepsTheRules(page)
  await expect.poll(() => roomAbovePanel(page)).toBeGreaterThanOrEqual(0)
  await page.setViewportSize(VIEWPORT)

  await page.keyboard.press('ArrowUp')
  await expect(panel(page).getByText('1 answer prefers no side')).toBeVisible()
  for (let pair = 0; pair < 9; pair++) {
    await page.keyboard.press(pair % 2 ? 'ArrowLeft' : 'ArrowRight')
  }
  await expect(panel(page).getByText('9 of 10')).toBeVisible()
  await expect(button(panel(page), 'Next: align')).toBeDisabled()
  await page.keyboard.press('ArrowLeft')
  await expect(panel(page).getByText('10 of 10')).toBeVisible()
  const labels = await labelsOnDisk(page)
  expect(labels.map(({ rule, kind }) => `${rule}, ${kind}`)).toEqual(
    Array(11).fill('telling, fresh'),
  )
  expect(labels.every(({ endings }) => endings.filter((end) => end === 'right').length === 1)).toBe(
    true,
  )
  await reachAndPress(page, button(panel(page), 'Next: align'))

  await expect(step(page, 'Align it with your labels')).toBeFocused()
  const run = page.getByRole('region', { name: 'Tour, right jumppad' })
  await expect(run.getByText(/\d+ labels/)).toBeVisible()
  await expect(
    panel(page).getByText(/A reward model learns to score a clip, from your ten answers/),
  ).toBeVisible()
  await reachAndPress(page, button(panel(page), 'Skip to a trained one'))

  await expect(step(page, 'Watch the difference')).toBeFocused()
  await expect(page).toHaveURL(/#\/watch\?model=fine-tuned(,|%2C)aligned-right$/)
  await expect(panel(page).getByText(/not on your ten/)).toBeVisible()
  await waitForDecisions(page, 1)
  await reachAndPress(page, button(panel(page), 'Finish'))
  await expect(panel(page)).toHaveCount(0)

  // What was labelled on the way does not stand in the way of labelling.
  await page.goto('#/label')
  await expect(button(page, 'Begin')).toBeVisible()
  await expect(page.getByRole('status', { name: 'Saved labels' })).toHaveText('11')
  await page.goto('#/')
  await expect(button(page, /^Take the tour/)).toBeVisible()
  await expect(invitation(page)).toHaveCount(0)
})

/** Pixels between the last answer and the panel. */
async function roomAbovePanel(page: Page): Promise<number> {
  const answer = await page.getByRole('button', { name: /^Right/ }).boundingBox()
  const tour = await panel(page).boundingBox()
  return (tour?.y ?? Number.NaN) - ((answer?.y ?? 0) + (answer?.height ?? 0))
}

interface LabelOnDisk {
  readonly rule: string
  readonly kind: string
  /** Of the pair's clips. */
  readonly endings: readonly string[]
}

/** Reads the disk without the page's own code. */
function labelsOnDisk(page: Page): Promise<LabelOnDisk[]> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => fail(request.error)
      })
    const database = await settled(indexedDB.open('jumppad'))
    const transaction = database.transaction(['labels', 'clips'], 'readonly')
    const labels = await settled(transaction.objectStore('labels').getAll())
    const clips = await settled(transaction.objectStore('clips').getAll())
    database.close()
    const endings = new Map(clips.map(({ id, ending }) => [id, ending]))
    return labels.map(({ rule, kind, first, second }) => ({
      rule,
      kind,
      endings: [endings.get(first), endings.get(second)],
    }))
  })
}

test('goes without a network', async ({ browser }) => {
  const host = new StaticHost()
  await host.start()
  const context = await browser.newContext({ viewport: VIEWPORT })
  try {
    await context.addInitScript(withoutWebGl)
    const page = await context.newPage()
    await page.goto(`${host.url}?device=wasm#/`)
    await expect(button(page, 'Ready offline')).toBeVisible({ timeout: 120_000 })
    await host.stop()
    await page.reload()
    await button(invitation(page), /^Take the tour/).click()
    await waitForDecisions(page, 1)
    await button(panel(page), 'Left').click()
    await button(panel(page), 'Next: label').click()
    await expect(clip(page, 'Left')).toBeVisible()
    await page.keyboard.press('ArrowLeft')
    await expect(panel(page).getByText('1 of 10')).toBeVisible()
  } finally {
    await context.close()
    await host.stop()
  }
})
