import { readFileSync } from 'node:fs'
import { test } from '@playwright/test'
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

// What a visitor does with what is watched: several at once, back and forth, by hand, with own files.
test.use({ viewport: VIEWPORT })
test.beforeEach(async ({ page }) => {
  test.setTimeout(120_000)
  await page.addInitScript(withoutWebGl)
})

test('plays two agents from one seed, one of them looked at closely', async ({ page }) => {
  await watch(page, 'wasm', '?seed=7')
  await page.getByRole('button', { name: 'Add an agent' }).click()
  await expect(page).toHaveURL(/model=base%2Cfine-tuned/)
  await expect(page.getByRole('img', { name: /Map of the island.* with / })).toHaveCount(2)
  await page.getByRole('button', { name: /^Look closely at agent 2, Fine-tuned/ }).click()
  await expect(page.getByText(/trained further on a few curated episodes/)).toBeVisible()
  await waitForDecisions(page, 3)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Remove agent 1' }).click()
  await expect(page).toHaveURL(/model=fine-tuned/)
  await expect(page.getByRole('img', { name: /Map of the island.* with / })).toHaveCount(1)
})

test('goes back and forth through an episode', async ({ page }) => {
  await watch(page, 'wasm', '?seed=7')
  await waitForDecisions(page, 6)
  await page.getByRole('button', { name: 'Pause' }).click()
  const reached = await decisionCount(page)
  const slider = page.getByRole('slider', { name: 'Moment of the episode' })
  await slider.press('ArrowLeft')
  await slider.press('ArrowLeft')
  await expect(decisions(page)).toHaveText(String(reached - 2))
  const walk = page.getByRole('img', { name: /^Walk stick/ })
  const pressed = await walk.getAttribute('aria-label')
  await page.getByRole('button', { name: 'One decision on' }).click()
  await expect(decisions(page)).toHaveText(String(reached - 1))
  await page.getByRole('button', { name: 'One decision back' }).click()
  await expect(decisions(page)).toHaveText(String(reached - 2))
  await expect(walk).toHaveAttribute('aria-label', pressed ?? '')
  await page.getByRole('button', { name: 'Play' }).click()
  await waitForDecisions(page, reached + 2)
})

test('a link leads to exactly this moment', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await watch(page, 'wasm', '?seed=7&model=base,fine-tuned')
  await waitForDecisions(page, 5)
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.getByRole('button', { name: 'Copy a link to this moment' }).click()
  await expect(page.getByRole('status', { name: 'What happens' })).toHaveText(
    /link to this moment is copied/,
  )
  const at = await decisionCount(page)
  const walk = await page.getByRole('img', { name: /^Walk stick/ }).evaluateAll(labels)
  const link = await page.evaluate(() => navigator.clipboard.readText())
  await page.goto('about:blank')
  await page.goto(link)
  await expect(decisions(page)).toHaveText(String(at))
  await expect(page.getByRole('button', { name: 'Play' })).toBeEnabled()
  expect(await page.getByRole('img', { name: /^Walk stick/ }).evaluateAll(labels)).toEqual(walk)
})

const labels = (elements: Element[]) =>
  elements.map((element) => element.getAttribute('aria-label'))

test('takes over by keyboard, hands back, and keeps the play', async ({ page }) => {
  await watch(page, 'wasm', '?seed=7&speed=2')
  await page.getByRole('heading', { name: 'Outcomes' }).click()
  await page.keyboard.press('t')
  await expect(page.getByRole('region', { name: 'How to play' })).toBeVisible()
  await page.keyboard.down('KeyS')
  await expect(page.getByRole('img', { name: 'Walk stick: 0 across, -5 ahead' })).toBeVisible()
  await expect(page.getByText('You', { exact: true })).toBeVisible()
  await page.keyboard.up('KeyS')
  await expect(page.getByRole('img', { name: 'Walk stick: 0 across, 0 ahead' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'How to play' })).toHaveCount(0)
  await expect(page.getByText('You', { exact: true })).toHaveCount(0)
  await expect(page.getByText(/Your play is kept in this browser/).first()).toBeVisible({
    timeout: 100_000,
  })
  // It stands still, as what comes next is the player's to choose.
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Outcomes of Base' })).toHaveCount(0)

  await page.getByText('Your plays').click()
  const demonstration = page.getByRole('switch', { name: /Use as a demonstration/ })
  await demonstration.click()
  // It says so once that is on the disk, not before.
  await expect(demonstration).toBeChecked()
  await page.reload()
  await page.getByText('Your plays').click()
  await expect(demonstration).toBeChecked()
  await page.getByRole('link', { name: /Replay your play/ }).click()
  await expect(page.getByText(/A kept play, played again/)).toBeVisible()
  await waitForDecisions(page, 2)
  await page.getByRole('button', { name: /Delete your play/ }).click()
  await page.getByRole('button', { name: /Delete for good/ }).click()
  await expect(page.getByRole('link', { name: /Replay your play/ })).toHaveCount(0)
})

test('says what is wrong with a file, and watches and keeps a good one', async ({ page }) => {
  await watch(page, 'wasm', '?seed=7')
  await dropFile(page, 'holiday.onnx', Buffer.from('not a model'))
  await expect(page.getByRole('alert')).toContainText('“holiday.onnx” cannot be used.')
  const before = await decisionCount(page)
  await expect.poll(() => decisionCount(page)).not.toBe(before)

  await dropFile(page, 'small-one.onnx', readFileSync('models/nano.onnx'))
  await expect(page).toHaveURL(/model=file-42e6ba5e0de9/)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await expect(page.getByText(/46,560 parameters/).first()).toBeVisible()
  await page.reload()
  await waitForDecisions(page, 1)
  const agent = page.getByRole('combobox', { name: 'Agent 1' })
  await expect(agent.getByRole('option', { name: 'small-one' })).toBeAttached()
  await page.getByText('Kept in this browser (1)').click()
  await page.getByRole('button', { name: 'Remove small-one.onnx from this browser' }).click()
  await expect(page.getByText(/^Kept in this browser/)).toHaveCount(0)
})
