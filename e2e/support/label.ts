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

/** Answers with keys, and waits until all answers are saved. */
export async function answer(page: Page, keys: readonly string[]): Promise<void> {
  const before = Number(await savedLabels(page).textContent())
  for (const key of keys) await press(page, key)
  await expect(savedLabels(page)).toHaveText(String(before + keys.length))
}

/** Presses a key until the pair it answers was on the screen for long enough that the answer counts. */
export async function press(page: Page, key: string): Promise<void> {
  // Who answers faster than clips are made waits for them.
  await expect(clip(page, 'Left')).toBeVisible()
  const count = () => page.evaluate(answersGiven)
  const before = await count()
  const pressed = async () => {
    await page.keyboard.press(key)
    return count()
  }
  await expect.poll(pressed, { intervals: [50] }).toBe(before + 1)
}

/** Runs in the page: the answers that the desk took since the page was loaded. */
function answersGiven(): number {
  return performance.getEntriesByName('label: answered').length
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
