import { beforeEach, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import type { Label } from '../../alignment/labels/index.ts'
import { LabDatabase, saveLabel } from '../../storage/index.ts'
import { madeUpEntry } from '../../storage/testing/made-up-archive.ts'
import { forgetDatabase } from '../testing/database.ts'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { open } from '../testing/open.tsx'
import { useMaterials } from './materials.ts'

// Before a training: the available labels, and the ranges of settings.

const start = page.getByRole('button', { name: 'Align the agent', exact: true })

beforeEach(async () => {
  await forgetDatabase()
  useMaterials.setState(useMaterials.getInitialState(), true)
})

/** Saves labels in this browser, as the Label page does. */
async function label(...labels: Partial<Label>[]): Promise<void> {
  const database = new LabDatabase()
  for (const [n, overrides] of labels.entries()) {
    await saveLabel(database, madeUpEntry(2 * n, undefined, overrides))
  }
  await database.close()
}

it('reports that there are no labels to learn from', async () => {
  await open('#/train?model=nano')
  await expect.element(page.getByText(/There are no labels to learn from/)).toBeVisible()
  await expect.element(start).toBeDisabled()
})

it('counts the labels that prefer a clip, and reports when there are too few', async () => {
  await label(
    // Measures the labeller, and is never trained on.
    { kind: 'golden', known: 'first', verdict: 'first' },
    { verdict: 'first' },
    { verdict: 'second' },
    { verdict: 'tie' },
  )
  await open('#/train?model=nano')
  await expect.element(page.getByText(/Found 2 comparisons that prefer one clip/)).toBeVisible()
  await expect.element(start).toBeDisabled()
  await page.getByText('A synthetic judge').click()
  await expect.element(start).toBeEnabled()
  await expectLargeControls()
})

it('shows the allowed values of a setting', async () => {
  await open('#/train?model=nano&labels=judge')
  await page.getByText('Settings all at their defaults').click()
  await expect.element(start).toBeEnabled()
  const updates = page
    .getByRole('group', { name: 'Reward model' })
    .getByRole('textbox', { name: 'Updates' })
  await updates.fill('0')
  await expect.element(updates).toHaveAccessibleDescription(/expected a whole number from 1/)
  await expect.element(start).toBeDisabled()
  await page.getByRole('button', { name: 'Reset Updates to 300', exact: true }).click()
  await expect.element(start).toBeEnabled()
  await expect.element(updates).toHaveValue('300')
})
