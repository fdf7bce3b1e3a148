import { type Page, test } from '@playwright/test'
import { answer, beginLabelling, clip, savedLabels } from './support/label.ts'
import { expect, VIEWPORT, waitForDecisions, watch, withoutWebGl } from './support/watch.ts'
import { endWorker } from './support/workers.ts'

// A worker that the browser ends says nothing itself. The training's is in training.spec.ts.

test.use({ viewport: VIEWPORT })
test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

const endedWords = (name: string) =>
  `The browser ended the ${name} worker, as it does when memory runs out.`

async function endsWithASentence(page: Page, name: string): Promise<void> {
  await endWorker(page, name)
  await expect(page.getByRole('alert')).toContainText(endedWords(name))
}

test('Watch says that its worker was ended, goes on with a recording, and acts again', async ({
  page,
}) => {
  await watch(page, 'wasm', '?model=nano')
  await endsWithASentence(page, 'acting')
  await waitForDecisions(page, 2)
  await expect(page.getByText('Recording', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await waitForDecisions(page, 1)
})

test('Label goes on with what its ended worker had made, says when that is used up, makes more', async ({
  page,
}) => {
  await beginLabelling(page)
  await endWorker(page, 'labelling')
  let answered = 0
  while (await clip(page, 'Left').isVisible()) {
    await page.keyboard.press('ArrowLeft')
    await expect(savedLabels(page)).toHaveText(String(++answered))
  }
  await expect(page.getByRole('alert')).toContainText(endedWords('labelling'))
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(clip(page, 'Left')).toBeVisible()
  await expect(savedLabels(page)).toHaveText(String(answered))
  await answer(page, ['ArrowRight'])
})

test('Evaluate says that its worker was ended, and can be run again', async ({ page }) => {
  await page.goto('#/evaluate?model=nano&episodes=100&seed=7')
  const run = page.getByRole('button', { name: 'Run 100 episodes' })
  await run.click()
  await expect(page.getByRole('progressbar')).toBeVisible()
  await endsWithASentence(page, 'evaluation')
  await expect(run).toBeEnabled()
})
