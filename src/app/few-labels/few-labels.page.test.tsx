import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { madeUpTooFewLabels } from '../../procedure/testing/made-up-too-few-labels.ts'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { open, overhang, prefer, reload, resizeWindow, TELEPHONE } from '../testing/open.tsx'
import { moves } from '../testing/pictures.ts'
import { serve, serveAsBefore, serveMissing } from '../testing/served.ts'
import { useTooFewLabels } from './data.ts'
import { useKept } from './place.ts'

// The chapter on too few labels, with made-up data and without any.

const FILE = 'models/too-few-labels.json'
const DATA = madeUpTooFewLabels(3)

const step = (name: RegExp) => page.getByRole('region', { name })
const next = () => page.getByRole('button', { name: /^Next/ })

/** Opens the page as on a first visit, without anything loaded or kept. */
async function openChapter(hash = '#/few-labels', data: unknown = DATA): Promise<void> {
  useTooFewLabels.setState(useTooFewLabels.getInitialState(), true)
  useKept.setState(useKept.getInitialState(), true)
  if (data) serve(FILE, data)
  await open(hash)
}

describe('the chapter', () => {
  it('plays the decided pairs, each on a map that names the preferred clip', async () => {
    await openChapter()
    await expect.element(step(/^1\. The labels/)).toHaveTextContent('25 pairs: 15 others were ties')
    const pairs = page.getByRole('list', { name: 'The 10 decided pairs' })
    await expect.poll(() => pairs.getByRole('listitem').all()).toHaveLength(10)
    const first = pairs.getByRole('img', { name: /^Pair 1 of 10\. Preferred: left jumppad, \d/ })
    await expect.poll(() => moves(first)).toBe(true)
    await page.getByRole('button', { name: 'Pause the maps' }).click()
    expect(await moves(first)).toBe(false)
  })

  it('asks for a guess before it shows the rewards, and keeps it', async () => {
    await openChapter('#/few-labels?step=2')
    const rewards = page.getByRole('table', { name: /^Mean reward by ending/ })
    await expect.element(step(/^2\. The reward model/)).toHaveTextContent('the middle one')
    await expect.element(rewards).not.toBeInTheDocument()
    await page.getByRole('button', { name: /^Nearly always/ }).click()
    await expect.element(rewards).toBeVisible()
    await expect
      .element(step(/^2\./))
      .toHaveTextContent('Not as you guessed: in 51.2 % of 300 such pairs. 5 of the 10 labels')
    await expect
      .element(rewards.getByRole('row', { name: /Middle/ }))
      .toHaveTextContent(/0\.67.*51\.2/)
    await reload()
    await expect.element(rewards).toBeVisible()
    await expect
      .element(page.getByRole('button', { name: /^Nearly always/ }))
      .toHaveAttribute('aria-pressed', 'true')
  })

  it('shows the rewards without a guess', async () => {
    await openChapter('#/few-labels?step=2')
    await page.getByRole('button', { name: 'Show me without guessing' }).click()
    await expect.element(step(/^2\./)).toHaveTextContent('In 51.2 % of 300 such pairs')
  })

  it('draws the training update by update', async () => {
    await openChapter('#/few-labels?step=3')
    const update = page.getByRole('slider', { name: 'Update' })
    const at = () => Number(update.element().getAttribute('aria-valuenow'))
    await expect.element(update).toBeVisible()
    await expect.poll(at).toBeGreaterThan(3)
    await page.getByRole('button', { name: 'Pause', exact: true }).click()
    const thumb = update.element()
    if (thumb instanceof HTMLElement) thumb.focus()
    await userEvent.keyboard('{Home}')
    await expect.poll(at).toBe(0)
    await userEvent.keyboard('{End}')
    await expect.poll(at).toBe(60)
    // The arrow keys move the slider, not the chapter.
    await userEvent.keyboard('{ArrowLeft}')
    await expect.poll(at).toBe(59)
    await expect.element(step(/^3\. The training/)).toHaveTextContent('left from 27.0 to 32.0 %')
    await expect
      .element(page.getByRole('figure', { name: /^Learned reward from .* middle from 36 to 59 %/ }))
      .toBeVisible()
  })

  it('compares numbers of labels, with all seeds in a table', async () => {
    await openChapter('#/few-labels?step=4')
    const maps = page.getByRole('img', { name: /trained on 10 labels, seed \d: they end/ })
    await expect.poll(() => maps.all()).toHaveLength(3)
    await page.getByRole('radiogroup', { name: 'Number of labels' }).getByText('50 labels').click()
    await expect.element(page.getByText(/share of left is 95\.0 to 97\.0 %/)).toBeVisible()
    expect(location.hash).toContain('labels=50')
    const table = page.getByRole('table', { name: /^All runs/ })
    await expect.poll(() => table.getByRole('row').all()).toHaveLength(11)
    await expect
      .element(table.getByRole('row', { name: /^10, 1 \(shown\)/ }))
      .toHaveTextContent(/32\.0.*68\.1 %/)
    await expect
      .element(page.getByRole('table', { name: 'Outcomes with 50 labels, seed 1, percent' }))
      .toHaveTextContent(/95\.0/)
  })

  it('is read with the keyboard, and resumes where it was left', async () => {
    await openChapter()
    await expect.element(step(/^1\./)).toBeVisible()
    await userEvent.keyboard('{ArrowLeft}')
    await expect.element(page.getByRole('button', { name: 'Back' })).toBeDisabled()
    for (const title of [/^2\./, /^3\./, /^4\./, /^5\./]) {
      await userEvent.keyboard('{ArrowRight}')
      await expect.element(step(title)).toHaveFocus()
    }
    await expect.element(next()).toBeDisabled()
    await userEvent.keyboard('{ArrowLeft}')
    await expect.element(step(/^4\./)).toHaveFocus()
    await open('#/overview')
    await open('#/few-labels')
    await expect.element(step(/^4\. More labels/)).toBeVisible()
  })

  it('lets any step be skipped, and leads on', async () => {
    await openChapter()
    const steps = page.getByRole('navigation', { name: 'Steps of the chapter' })
    await steps.getByRole('link', { name: /What to take away/ }).click()
    await expect.element(step(/^5\. What to take away/)).toHaveFocus()
    await expect
      .element(step(/^5\./))
      .toHaveTextContent('27.0 % before training, and then 32.0 to 58.0 % with 10 labels')
    await page.getByRole('link', { name: 'Label your own pairs' }).click()
    expect(location.hash).toMatch(/^#\/label/)
  })

  it('shows everything at once with reduced motion', async () => {
    await prefer({ motion: 'reduce' })
    await openChapter('#/few-labels?step=3')
    await expect
      .element(page.getByRole('slider', { name: 'Update' }))
      .toHaveAttribute('aria-valuenow', '60')
  })

  it.each(['dark', 'light'] as const)('fits a telephone, in %s', async (scheme) => {
    await prefer({ scheme })
    await resizeWindow(TELEPHONE)
    await openChapter()
    for (let each = 1; each <= 5; each++) {
      await open(`#/few-labels?step=${each}`)
      await expect.element(step(new RegExp(`^${each}\\.`))).toBeVisible()
      await expect.poll(overhang, { message: `step ${each}` }).toBe(0)
      await expectLargeControls()
      await resizeWindow(TELEPHONE)
    }
  })
})

describe('without usable data', () => {
  it('says how to make the file, and tries again', async () => {
    serveMissing(FILE)
    await openChapter('#/few-labels', null)
    const alert = page.getByRole('alert')
    await expect.element(alert).toHaveTextContent('has no file of trainings on few labels')
    await expect.element(alert).toHaveTextContent('npm run lab -- too-few')
    serveAsBefore(FILE)
    serve(FILE, DATA)
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect.element(step(/^1\./)).toBeVisible()
  })

  it('reports what is damaged', async () => {
    await openChapter('#/few-labels', { ...DATA, prefer: 'up' })
    await expect.element(page.getByRole('alert')).toHaveTextContent('damaged at prefer')
  })

  it('keeps the numbers of another world version, and says that its paths cannot be replayed', async () => {
    await openChapter('#/few-labels?step=4', { ...DATA, worldVersion: 1 })
    await expect.element(page.getByText(/^These trainings are from world version 1/)).toBeVisible()
    await expect.element(page.getByRole('table', { name: /^All runs/ })).toHaveTextContent('58.0')
  })
})

it('is linked from the Overview', async () => {
  await open('#/overview')
  await page.getByRole('link', { name: 'When labels are too few' }).click()
  await expect
    .element(page.getByRole('heading', { level: 1, name: 'When labels are too few' }))
    .toBeVisible()
})
