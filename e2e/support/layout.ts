import type { Page } from '@playwright/test'
import { expect } from './watch.ts'

/**
 * Expects a page no wider than its window, in the end: charts that measure themselves follow a new
 * size of the window a frame or two later.
 */
export async function expectNoOverhang(page: Page): Promise<void> {
  const overhang = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await expect.poll(overhang).toBeLessThanOrEqual(0)
}
