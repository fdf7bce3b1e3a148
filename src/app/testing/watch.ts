/** Helpers for tests of the Watch page: they open it, and read its state. */
import { expect } from 'vitest'
import { type Locator, page } from 'vitest/browser'
import { createLane, live } from '../stores/live.ts'
import { usePreferences } from '../stores/preferences.ts'
import { forgetDatabase } from './database.ts'
import { open } from './open.tsx'
import { frames } from './pictures.ts'

/** Opens the page as on a first visit. */
export async function openWatch(properties = ''): Promise<void> {
  usePreferences.setState(usePreferences.getInitialState(), true)
  live.lanes.splice(0, live.lanes.length, createLane())
  await forgetDatabase()
  await open(`#/watch${properties}`)
}

/** Opens the page and waits for the first decision. */
export async function watch(properties = ''): Promise<void> {
  await openWatch(properties)
  await waitForDecisions(1)
}

export function button(name: string | RegExp): Locator {
  return page.getByRole('button', { name, exact: true })
}

export function decisions(): Locator {
  return page.getByRole('timer', { name: 'Decisions of this episode' })
}

export function decisionCount(): number {
  return Number(decisions().element().textContent)
}

export async function waitForDecisions(count: number): Promise<void> {
  await expect.poll(decisionCount).toBeGreaterThanOrEqual(count)
}

/** Pauses, and resolves to the number of decisions shown. */
export async function pause(): Promise<number> {
  await button('Pause').click()
  await expect.element(button('Play')).toBeVisible()
  return decisionCount()
}

/** Expects that after 30 frames the page still shows `count` decisions. */
export async function expectToStandAt(count: number): Promise<void> {
  await frames(30)
  expect(decisionCount()).toBe(count)
}

/** Returns the description of each agent's walk stick. */
export function walkSticks(): (string | null)[] {
  const sticks = page.getByRole('img', { name: /^Walk stick/ }).elements()
  return sticks.map((stick) => stick.getAttribute('aria-label'))
}

/** Moves the focus away from controls that handle keys. */
export async function leaveControls(): Promise<void> {
  await page.getByRole('heading', { name: 'Outcomes' }).click()
}
