import { type Page, test } from '@playwright/test'
import { smallControls } from '../src/app/testing/small-controls.ts'
import { encodeInvitation } from '../src/collector/invitation.ts'
import { studyDigest } from '../src/collector/study-digest.ts'
import { madeUpPreparedStudy } from '../src/study/testing/made-up-study.ts'
import { brokenRules } from './support/axe.ts'
import { clip, press } from './support/label.ts'
import { expectNoOverhang } from './support/layout.ts'
import { expect, withoutWebGl } from './support/watch.ts'

// A study on the build, under its Content Security Policy, with axe on every step. What the steps do
// is tested in src/app/label/study/participation.page.test.tsx.
test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

const SIZES = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
]

/** Checks the step that is shown with axe, in dark and light, at telephone and desktop sizes. */
async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const size of SIZES) {
      await page.setViewportSize(size)
      await expectNoOverhang(page)
      await expect.poll(() => page.evaluate(smallControls)).toEqual([])
      await expect.poll(() => brokenRules(page)).toEqual([])
    }
  }
}

test('every step of a study passes the accessibility rules, and its answers end in a file', async ({
  page,
}) => {
  const study = madeUpPreparedStudy({ answers: 'graded', practice: { pairs: 1, least: 0 } })
  const digest = await studyDigest(study)
  const text = encodeInvitation({
    ...{ version: 1, study: { id: study.id, digest }, labeller: 2, slot: 2, inline: study },
  })
  await page.goto(`#/label?invitation=${text}`)
  await expect(page.getByRole('heading', { level: 1, name: study.title })).toBeFocused()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'I agree' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Instructions' })).toBeFocused()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Start with' }).click()
  await expect(clip(page, 'Left')).toBeVisible()
  await expectAccessible(page)
  await press(page, 'ArrowLeft')
  await expect(page.getByRole('region', { name: 'Feedback' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('button', { name: 'Start labelling' }).click()
  await page.getByRole('checkbox', { name: 'shorter' }).click()
  await expectAccessible(page)
  for (let pair = 0; pair < 12; pair++) await press(page, 'Shift+ArrowRight')
  await expect(page.getByRole('heading', { level: 1, name: 'Thank you' })).toBeFocused()
  await expectAccessible(page)
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save answers file' }).click()
  expect((await coming).suggestedFilename()).toMatch(/^jumppad-answers-.*\.jsonl$/)
  await expectAccessible(page)
})
