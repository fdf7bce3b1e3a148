import type { Page } from '@playwright/test'
import { expect } from './watch.ts'

/**
 * Waits until the page is no wider than its viewport: charts that measure themselves adapt to a new
 * viewport size a frame or two later.
 */
export async function expectNoOverhang(page: Page): Promise<void> {
  const overhang = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await expect.poll(overhang).toBeLessThanOrEqual(0)
}
