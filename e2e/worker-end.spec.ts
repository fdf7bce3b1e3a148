import { test } from '@playwright/test'
import { answer, beginLabelling, clip, press, savedLabels } from './support/label.ts'
import { expect, VIEWPORT, waitForDecisions, watch, withoutWebGl } from './support/watch.ts'
import { endWorker } from './support/workers.ts'

// A worker that the browser terminates sends no message. The training worker is covered by
// training.spec.ts, and the messages on other pages by their component tests.

test.use({ viewport: VIEWPORT })
test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

const endedWords = (name: string) =>
  `The browser stopped the ${name} worker, probably because memory ran out.`

test('Watch reports that its worker was terminated, continues with a recording, and acts again', async ({
  page,
}) => {
  await watch(page, 'wasm', '?model=nano')
  await endWorker(page, 'acting')
  await expect(page.getByRole('alert')).toContainText(endedWords('acting'))
  await waitForDecisions(page, 2)
  await expect(page.getByText('Recording', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
  await waitForDecisions(page, 1)
})

test('Label continues with the clips its terminated worker had played, reports when they run out, and plays more', async ({
  page,
}) => {
  await beginLabelling(page)
  await endWorker(page, 'labelling')
  let answered = 0
  while (await clip(page, 'Left').isVisible()) {
    await press(page, 'ArrowLeft')
    await expect(savedLabels(page)).toHaveText(String(++answered))
  }
  await expect(page.getByRole('alert')).toContainText(endedWords('labelling'))
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(clip(page, 'Left')).toBeVisible()
  await expect(savedLabels(page)).toHaveText(String(answered))
  await answer(page, ['ArrowRight'])
})
