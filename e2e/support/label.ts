import type { Locator, Page } from '@playwright/test'
import { expect } from './watch.ts'

export function savedLabels(page: Page): Locator {
  return page.getByRole('status', { name: 'Saved labels' })
}

export function clip(page: Page, side: 'Left' | 'Right'): Locator {
  return page.getByRole('img', { name: `${side} clip` })
}

/** Opens the desk on the smallest agent's clips, and waits for the first pair. */
async function openDesk(page: Page): Promise<void> {
  await page.goto('#/label?model=nano')
  await expect(clip(page, 'Left')).toBeVisible()
}

/** Opens the desk and begins a session with Enter. */
export async function beginLabelling(page: Page): Promise<void> {
  await openDesk(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Progress' })).toBeVisible()
}

/** Presses keys to answer pairs, and waits until all answers are saved. */
export async function answer(page: Page, keys: readonly string[]): Promise<void> {
  const before = Number(await savedLabels(page).textContent())
  for (const key of keys) await press(page, key)
  await expect(savedLabels(page)).toHaveText(String(before + keys.length))
}

/**
 * Presses a key repeatedly until the desk accepts the answer, which requires the pair to have been
 * visible for long enough.
 */
export async function press(page: Page, key: string): Promise<void> {
  // If answers come faster than clips are generated, wait for the clips.
  await expect(clip(page, 'Left')).toBeVisible()
  const count = () => page.evaluate(answersGiven)
  const before = await count()
  const pressed = async () => {
    await page.keyboard.press(key)
    return count()
  }
  await expect.poll(pressed, { intervals: [50] }).toBe(before + 1)
}

/** Runs in the page: returns the number of answers accepted since the page was loaded. */
function answersGiven(): number {
  return performance.getEntriesByName('label: answered').length
}

/** Returns the bounding boxes, in pixels, of the desk's parts that must never move. */
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
