import type { Locator, Page } from '@playwright/test'
import { expect } from './watch.ts'

export function savedLabels(page: Page): Locator {
  return page.getByRole('status', { name: 'Saved labels' })
}

export function clip(page: Page, side: 'Left' | 'Right'): Locator {
  return page.getByRole('img', { name: `${side} clip` })
}

/** Opens the desk on the smallest agent's clips, and waits for the first pair. */
export async function openDesk(page: Page): Promise<void> {
  await page.goto('#/label?model=nano')
  await expect(clip(page, 'Left')).toBeVisible()
}

/** Opens the desk and begins a session with Enter. */
export async function beginLabelling(page: Page): Promise<void> {
  await openDesk(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Progress' })).toBeVisible()
}

/** Presses keys, each once the pair it answers is on the screen, and waits until all are saved. */
export async function answer(page: Page, keys: readonly string[]): Promise<void> {
  const before = Number(await savedLabels(page).textContent())
  for (const key of keys) {
    await page.keyboard.press(key)
    // Who answers faster than clips are made waits for them.
    await expect(clip(page, 'Left')).toBeVisible()
  }
  await expect(savedLabels(page)).toHaveText(String(before + keys.length))
}

/** Where the parts of the desk are that must never move, in pixels. */
export async function places(page: Page): Promise<unknown[]> {
  const parts = [
    clip(page, 'Left'),
    clip(page, 'Right'),
    page.getByRole('button', { name: 'Left', exact: true }),
    page.getByRole('button', { name: 'Right', exact: true }),
    page.getByRole('button', { name: 'Export labels' }),
    page.getByRole('heading', { level: 2, name: /Which goes/ }),
  ]
  return Promise.all(parts.map((part) => part.boundingBox()))
}
