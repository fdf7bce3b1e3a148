/** Simulated labeller, who answers a pair once it has been visible for long enough to count. */
import { expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'

const marks = (name: string) => performance.getEntriesByName(name)

function answersGiven(): number {
  return marks('label: answered').length
}

/** Waits until the pair on the desk has been visible for long enough for an answer to count. */
export async function letBeSeen(): Promise<void> {
  await expect.element(page.getByRole('img', { name: 'Left clip' })).toBeVisible()
  const last = (name: string) => marks(name).at(-1)?.startTime ?? 0
  const seenFor = () => {
    const since = last('label: first frame')
    return since > last('label: answered') ? performance.now() - since : 0
  }
  await expect.poll(seenFor, { interval: 20 }).toBeGreaterThan(100)
}

/** Repeats a gesture until it answers the pair, and expects it to have answered no other. */
export async function answerBy(gesture: () => Promise<void> | void): Promise<void> {
  const before = answersGiven()
  while (answersGiven() === before) {
    await letBeSeen()
    await gesture()
  }
  expect(answersGiven()).toBe(before + 1)
}

/** Presses keys, each of which answers one pair. */
export async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await answerBy(() => userEvent.keyboard(`{${key}}`))
}
