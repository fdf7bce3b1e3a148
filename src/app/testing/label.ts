/** A labeller at the desk, who answers a pair once it was on the screen for long enough to count. */
import { expect } from 'vitest'
import { page, userEvent } from 'vitest/browser'

const marks = (name: string) => performance.getEntriesByName(name)

export function answersGiven(): number {
  return marks('label: answered').length
}

/** Waits until an answer to the pair on the desk counts. */
export async function letBeSeen(): Promise<void> {
  await expect.element(page.getByRole('img', { name: 'Left clip' })).toBeVisible()
  const last = (name: string) => marks(name).at(-1)?.startTime ?? 0
  const seenFor = () => {
    const since = last('label: first frame')
    return since > last('label: answered') ? performance.now() - since : 0
  }
  await expect.poll(seenFor, { interval: 20 }).toBeGreaterThan(100)
}

/** Makes a gesture until it counts as the pair was seen, and expects it to answer no other pair. */
export async function answerBy(gesture: () => Promise<void> | void): Promise<void> {
  const before = answersGiven()
  while (answersGiven() === before) {
    await letBeSeen()
    await gesture()
  }
  expect(answersGiven()).toBe(before + 1)
}

/** Answers with keys, each at a pair of its own. */
export async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await answerBy(() => userEvent.keyboard(`{${key}}`))
}
