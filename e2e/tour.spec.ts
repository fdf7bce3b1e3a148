import { type Locator, type Page, test } from '@playwright/test'
import { brokenRules } from './support/axe.ts'
import { clip, press } from './support/label.ts'
import { expectNoOverhang } from './support/layout.ts'
import { StaticHost } from './support/static-host.ts'
import { visit } from './support/visitor.ts'
import { expect, VIEWPORT, waitForDecisions } from './support/watch.ts'

// The tour with the shipped agents, in the map view to reduce CPU load. The complete tour is tested
// in src/app/tour/tour.page.test.tsx.

const TELEPHONE = { width: 390, height: 844 }

const panel = (page: Page) => page.getByRole('region', { name: 'Guided tour' })
const invitation = (page: Page) => page.getByRole('region', { name: 'Invitation to a tour' })
const button = (where: Page | Locator, name: string | RegExp) => where.getByRole('button', { name })

async function keepsTheRules(page: Page): Promise<void> {
  expect(await brokenRules(page)).toEqual([])
  await expectNoOverhang(page)
}

test('works offline, and continues after a reload', async ({ launchOptions }) => {
  const host = new StaticHost()
  await host.start()
  const { context, leave } = await visit(launchOptions)
  try {
    const page = await context.newPage()
    await page.goto(`${host.url}?device=wasm#/`)
    await expect(button(page, 'Ready offline')).toBeVisible()
    await button(invitation(page), 'No, thanks').click()
    await host.stop()
    await page.reload()
    await expect(button(page, /^Take the tour/)).toBeVisible()
    await expect(invitation(page)).toHaveCount(0)
    await button(page, /^Take the tour/).click()
    await waitForDecisions(page, 1)
    await button(panel(page), 'Left').click()
    await keepsTheRules(page)

    await button(panel(page), 'Next: label').click()
    await expect(clip(page, 'Left')).toBeVisible()
    await page.setViewportSize(TELEPHONE)
    await keepsTheRules(page)
    await page.setViewportSize(VIEWPORT)
    await press(page, 'ArrowLeft')
    await expect(panel(page).getByText('1 of 10')).toBeVisible()
    await page.reload()
    await expect(panel(page).getByText('1 of 10')).toBeVisible()

    await button(panel(page), 'Leave the tour').click()
    await page.reload()
    await expect(clip(page, 'Left')).toBeVisible()
    await expect(panel(page)).toHaveCount(0)
    await page.goto(`${host.url}?device=wasm#/overview`)
    await button(page, 'Continue the tour').click()
    await expect(panel(page).getByText('1 of 10')).toBeVisible()
    await expect(page).toHaveURL(/#\/label\?.*wanted=left/)
  } finally {
    await leave()
    await host.stop()
  }
})
