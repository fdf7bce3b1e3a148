/** What tests of the Watch page share: how it is opened, and what they read off it. */
import { expect } from 'vitest'
import { type Locator, page } from 'vitest/browser'
import { createLane, live } from '../stores/live.ts'
import { usePreferences } from '../stores/preferences.ts'
import { forgetDatabase } from './database.ts'
import { open } from './open.tsx'
import { frames } from './pictures.ts'

/** Opens the page for a visitor who comes for the first time. */
export async function openWatch(properties = ''): Promise<void> {
  usePreferences.setState(usePreferences.getInitialState(), true)
  live.lanes.splice(0, live.lanes.length, createLane())
  await forgetDatabase()
  await open(`#/watch${properties}`)
}

/** Opens the page and waits until the agent acts. */
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

/** Pauses, and gives how many decisions are shown then. */
export async function pause(): Promise<number> {
  await button('Pause').click()
  await expect.element(button('Play')).toBeVisible()
  return decisionCount()
}

/** Expects the picture to stand at so many decisions for a while in which it could go on. */
export async function expectToStandAt(count: number): Promise<void> {
  await frames(30)
  expect(decisionCount()).toBe(count)
}

/** What each agent does with its walk stick, in words. */
export function walkSticks(): (string | null)[] {
  const sticks = page.getByRole('img', { name: /^Walk stick/ }).elements()
  return sticks.map((stick) => stick.getAttribute('aria-label'))
}

/** Puts the focus on nothing that has a use for keys. */
export async function leaveControls(): Promise<void> {
  await page.getByRole('heading', { name: 'Outcomes' }).click()
}
