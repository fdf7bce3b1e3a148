import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { type Locator, page, userEvent } from 'vitest/browser'
import { DATABASE_NAME } from '../../storage/schema.ts'
import { useTourMark } from '../shell/tour-mark.ts'
import { useTraining } from '../stores/training.ts'
import { forgetDatabase } from '../testing/database.ts'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { limitClips } from '../testing/fake-workers.ts'
import { press } from '../testing/label.ts'
import { DESK, open, overhang, reload, resizeWindow, TELEPHONE } from '../testing/open.tsx'
import { waitForDecisions } from '../testing/watch.ts'
import { trainingQueue } from '../training/queue.ts'
import { useTour } from './tour-state.ts'

// The tour on clips of scripted players, with a training that only begins. e2e/tour.spec.ts covers
// continuing it after a reload.

const panel = page.getByRole('region', { name: 'Guided tour' })
const invitation = page.getByRole('region', { name: 'Invitation to a tour' })
const clip = page.getByRole('img', { name: 'Left clip' })
const step = (name: string) => panel.getByRole('heading', { name })

/** Resets the browser to one in which the tour has not been offered yet. */
beforeEach(async () => {
  await forgetDatabase()
  useTourMark.setState({ mark: 'new', wish: undefined })
  useTour.setState(useTour.getInitialState(), true)
  // Just enough clips for the tour's pairs.
  limitClips(32)
})

/** Presses Tab until an element has the focus, at most 40 times, and then Enter. */
async function reachAndPress(wanted: Locator): Promise<void> {
  await expect.element(wanted).toBeEnabled()
  for (let tabs = 0; tabs < 40; tabs++) {
    if (wanted.element() === document.activeElement) break
    await userEvent.keyboard('{Tab}')
  }
  await expect.element(wanted).toHaveFocus()
  await userEvent.keyboard('{Enter}')
}

it('is offered once, and again only on request', async () => {
  await open('#/')
  await invitation.getByRole('button', { name: 'No, thanks' }).click()
  await expect.element(invitation).not.toBeInTheDocument()
  await reload()
  await expect.element(page.getByRole('button', { name: /^Take the tour/ })).toBeVisible()
  expect(invitation.query()).toBeNull()
  await page.getByRole('button', { name: /^Take the tour/ }).click()
  await expect.element(step('Watch where it goes')).toHaveFocus()
  expect(location.hash).toBe('#/watch?model=fine-tuned')
})

it('continues from the step where it was left', async () => {
  await open('#/')
  await invitation.getByRole('button', { name: /^Take the tour/ }).click()
  await panel.getByRole('button', { name: 'Middle' }).click()
  await panel.getByRole('button', { name: 'Next: label' }).click()
  await expect.element(step('Label ten pairs')).toBeVisible()
  await panel.getByRole('button', { name: 'Leave the tour' }).click()
  await expect.element(panel).not.toBeInTheDocument()
  await open('#/')
  await expect.element(page.getByRole('button', { name: 'Continue the tour' })).toBeVisible()
  expect(invitation.query()).toBeNull()
  await page.getByRole('button', { name: 'Continue the tour' }).click()
  await expect.element(step('Label ten pairs')).toBeVisible()
  expect(location.hash).toMatch(/^#\/label\?.*wanted=middle/)
})

it('leads by keyboard from watching to the difference, with ten telling labels', async () => {
  onTestFinished(forgetTrainings)
  await open('#/')
  await reachAndPress(invitation.getByRole('button', { name: /^Take the tour/ }))
  await expect.element(step('Watch where it goes')).toHaveFocus()
  await reachAndPress(panel.getByRole('button', { name: 'Right' }))
  await reachAndPress(panel.getByRole('button', { name: 'Next: label' }))

  await expect.element(clip).toBeVisible()
  await press('ArrowUp')
  await expect.element(panel.getByText('1 answer prefers no side')).toBeVisible()
  for (let pair = 0; pair < 9; pair++) await press(pair % 2 ? 'ArrowLeft' : 'ArrowRight')
  await expect.element(panel.getByText('9 of 10')).toBeVisible()
  await expect.element(panel.getByRole('button', { name: 'Next: align' })).toBeDisabled()
  await press('ArrowLeft')
  await expect.element(panel.getByText('10 of 10')).toBeVisible()
  const labels = await labelsOnDisk()
  expect(labels.map(({ rule, kind }) => `${rule}, ${kind}`)).toEqual(
    Array(11).fill('telling, fresh'),
  )
  const wanted = labels.map(({ endings }) => endings.filter((ending) => ending === 'right').length)
  expect(wanted).toEqual(Array(11).fill(1))
  await reachAndPress(panel.getByRole('button', { name: 'Next: align' }))

  await expect.element(step('Align it with your labels')).toHaveFocus()
  const run = page.getByRole('region', { name: 'Tour, right jumppad' })
  await expect.element(run.getByText(/\d+ labels/)).toBeVisible()
  await expect
    .element(panel.getByText(/A reward model learns to score clips from your ten answers/))
    .toBeVisible()
  await reachAndPress(panel.getByRole('button', { name: 'Skip to a trained agent' }))

  await expect.element(step('Watch the difference')).toHaveFocus()
  expect(location.hash).toMatch(/^#\/watch\?model=fine-tuned(,|%2C)aligned-right$/)
  await expect.element(panel.getByText(/not on your ten/)).toBeVisible()
  await waitForDecisions(1)
  await reachAndPress(panel.getByRole('button', { name: 'Finish' }))
  await expect.element(panel).not.toBeInTheDocument()

  // The tour's labels do not get in the way of a new session.
  await open('#/label')
  await expect.element(page.getByRole('button', { name: 'Start session' })).toBeVisible()
  await expect.element(page.getByRole('status', { name: 'Saved labels' })).toHaveTextContent(/^11$/)
  await open('#/')
  await expect.element(page.getByRole('button', { name: /^Take the tour/ })).toBeVisible()
  expect(invitation.query()).toBeNull()
})

it('leaves room for every page above it, including on a telephone', async () => {
  await open('#/')
  await invitation.getByRole('button', { name: /^Take the tour/ }).click()
  await panel.getByRole('button', { name: 'Right' }).click()
  await expect.poll(overhang).toBeLessThanOrEqual(0)
  await resizeWindow(TELEPHONE)
  await expect.poll(overhang).toBeLessThanOrEqual(0)
  await panel.getByRole('button', { name: 'Next: label' }).click()
  await expect.element(clip).toBeVisible()
  await expect.poll(overhang).toBeLessThanOrEqual(0)
  await expect.poll(roomAbovePanel).toBeGreaterThanOrEqual(0)
  await resizeWindow(DESK)
  await expect.poll(overhang).toBeLessThanOrEqual(0)
  await expect.poll(roomAbovePanel).toBeGreaterThanOrEqual(0)
  await expectLargeControls()
})

/** Returns the CSS pixels between the last answer button and the panel. */
function roomAbovePanel(): number {
  const answer = page
    .getByRole('button', { name: /^Right/ })
    .element()
    .getBoundingClientRect()
  return panel.element().getBoundingClientRect().top - answer.bottom
}

/** Removes all trainings, including the running one, which would otherwise run into the next test. */
async function forgetTrainings(): Promise<void> {
  for (const { id } of useTraining.getState().runs ?? []) await (await trainingQueue()).remove(id)
}

interface LabelOnDisk {
  readonly rule: string
  readonly kind: string
  /** How the pair's two clips end. */
  readonly endings: readonly string[]
}

/** Reads the labels from the database, without the page's own code. */
async function labelsOnDisk(): Promise<LabelOnDisk[]> {
  const database = await settled(indexedDB.open(DATABASE_NAME))
  const transaction = database.transaction(['labels', 'clips'], 'readonly')
  const labels = await settled(transaction.objectStore('labels').getAll())
  const clips = await settled(transaction.objectStore('clips').getAll())
  database.close()
  const endings = new Map(clips.map(({ id, ending }) => [id, ending]))
  return labels.map(({ rule, kind, first, second }) => ({
    rule,
    kind,
    endings: [endings.get(first), endings.get(second)],
  }))
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
