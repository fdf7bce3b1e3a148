import { readFileSync } from 'node:fs'
import { type Page, test } from '@playwright/test'
import {
  decisionCount,
  decisions,
  dropFile,
  expect,
  VIEWPORT,
  waitForDecisions,
  watch,
  withoutWebGl,
} from './support/watch.ts'

// A visitor's own model file, and a link to a moment, with the real runtime. Other interactions on
// the Watch page are tested in src/app/watch/watch-play.page.test.tsx.
test.use({ viewport: VIEWPORT })

test('watches a dropped file, and a link leads to an exact moment of it', async ({
  page,
  context,
}) => {
  await page.addInitScript(withoutWebGl)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  // Slow playback, so that neither agent gets ahead of the other.
  await watch(page, 'wasm', '?seed=7&speed=0.25&model=nonsense,fine-tuned')
  await expect(page.getByRole('alert')).toContainText('There is no model “nonsense”')
  await dropFile(page, 'small-one.onnx', readFileSync('models/nano.onnx'))
  await expect(page).toHaveURL(/model=file-42e6ba5e0de9%2Cfine-tuned/)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(page.getByText(/46,560 parameters/).first()).toBeVisible()
  await page.getByRole('button', { name: 'Restart' }).click()
  await waitForDecisions(page, 5)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Copy a link to this moment' }).click()
  await expect(page.getByRole('status', { name: 'Announcements' })).toHaveText(
    /link to this moment is copied/,
  )
  const at = await decisionCount(page)
  const pressed = await walkSticks(page)
  const link = await page.evaluate(() => navigator.clipboard.readText())

  await page.goto('about:blank')
  await page.goto(link)
  await expect(decisions(page)).toHaveText(String(at))
  await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled()
  expect(await walkSticks(page)).toEqual(pressed)
  // After the linked moment the uploaded model acts live: the browser has stored it.
  await page.getByRole('button', { name: 'Play' }).click()
  await waitForDecisions(page, at + 3)
  await expect(page.getByText(/46,560 parameters/).first()).toBeVisible()
  await expect(page.getByRole('alert')).toHaveCount(0)
})

function walkSticks(page: Page): Promise<(string | null)[]> {
  return page
    .getByRole('img', { name: /^Walk stick/ })
    .evaluateAll((sticks) => sticks.map((stick) => stick.getAttribute('aria-label')))
}
