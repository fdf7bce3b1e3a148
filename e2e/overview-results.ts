import type { Locator, Page } from '@playwright/test'
import type { Results } from '../src/procedure/index.ts'
import { madeUpResults } from '../src/procedure/testing/made-up-results.ts'

/** Results that nobody measured, with two found failures and a start that two agents share. */
export function testResults(): Results {
  const results = madeUpResults(3)
  const [episode, other] = results.trajectories[0]?.episodes ?? []
  if (!episode || !other) throw new Error('The made-up results have no two episodes of the base.')
  const kind = 'same start, side-platform'
  return {
    ...results,
    gallery: [
      { stage: 'base', kind: 'shadow boxing', episode },
      { stage: 'base', kind: 'shadow boxing', episode: other },
      { stage: 'base', kind: 'straight success', episode: other },
      { stage: 'fine-tuned', kind, episode },
      { stage: 'scratch', kind, episode: other },
    ],
  }
}

/** Gives the page these results instead of those that it was built with. */
export async function serveResults(page: Page, results: unknown): Promise<void> {
  await page.route('**/models/results.json', (route) =>
    route.fulfill({ contentType: 'application/json', body: JSON.stringify(results) }),
  )
}

/** What is drawn on a map at this moment. */
export function drawnOn(map: Locator): Promise<string> {
  return map.evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''))
}

/** Whether the picture is another after so many milliseconds. */
export async function moves(map: Locator, milliseconds: number): Promise<boolean> {
  const before = await drawnOn(map)
  await map.page().waitForTimeout(milliseconds)
  return (await drawnOn(map)) !== before
}
