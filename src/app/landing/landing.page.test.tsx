import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { expectLargeControls } from '../testing/expect-large-controls.ts'
import { open, overhang, prefer, resizeWindow, TELEPHONE } from '../testing/open.tsx'
import { drawnOn, frames, moves } from '../testing/pictures.ts'
import { holdBack, serveAsBefore, serveMissing } from '../testing/served.ts'

// The landing page. Rounds end by themselves and another begins, so anything about one of them is
// checked while the show is paused.

const base = page.getByRole('article', { name: 'Base' })
const fineTuned = page.getByRole('article', { name: 'Fine-tuned' })
const map = base.getByRole('img', { name: /seen from above/ })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const takeOver = page.getByText('they take over at the next start')

/** Returns whether nothing moves on the map, once pending changes are drawn. */
async function stands(): Promise<boolean> {
  await frames(20)
  return !(await moves(map, 40))
}

it('plays recordings while the agents load', async () => {
  const { release: arrive } = holdBack('models/base.onnx')
  await open('#/')
  await expect.element(base.getByText('Recorded')).toBeVisible()
  await expect.poll(() => moves(map)).toBe(true)
  await expect.element(base.getByText(/of 1,000 measured episodes/)).toBeVisible()
  await expect.element(page.getByRole('progressbar', { name: 'Loading the agents' })).toBeVisible()
  await button('Pause').click()
  await expect.element(takeOver).not.toBeInTheDocument()
  arrive()
  await expect.element(takeOver).toBeVisible()
  await expect.element(base.getByText('Recorded')).toBeVisible()
})

it('switches to the live agents at the next start, all from one seed', async () => {
  const { release: arrive } = holdBack('models/base.onnx')
  await open('#/?seed=11')
  await button('Pause').click()
  arrive()
  await expect.element(takeOver).toBeVisible()
  await button('Another start').click()
  await expect.element(base.getByText('Live')).toBeVisible()
  await expect.element(fineTuned.getByText('Live')).toBeVisible()
  await expect.element(page.getByText('Seed 11')).toBeVisible()
  await button('Another start').click()
  await expect.element(page.getByText('Seed 12')).toBeVisible()
  expect(location.hash).toBe('#/?seed=12')
  expect(await stands()).toBe(true)
  await button('Play').click()
  await expect.poll(() => moves(map)).toBe(true)
})

it('starts and stops with one key', async () => {
  await open('#/')
  await expect.poll(() => moves(map)).toBe(true)
  await page.getByRole('heading', { level: 1 }).click()
  await userEvent.keyboard(' ')
  await expect.element(button('Play')).toBeVisible()
  expect(await stands()).toBe(true)
  await userEvent.keyboard(' ')
  await expect.element(button('Pause')).toBeVisible()
  await expect.poll(() => moves(map)).toBe(true)
})

it('reports why the agents did not load, and continues with recordings', async () => {
  serveMissing('.onnx')
  await open('#/')
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent(/recorded episodes keep playing.*status 404/)
  await expect.element(base.getByText('Recorded')).toBeVisible()
  await expect.poll(() => moves(map)).toBe(true)
  await button('Pause').click()
  serveAsBefore('.onnx')
  await button('Try again').click()
  await expect.element(takeOver).toBeVisible()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})

it('stands still with reduced motion until it is played', async () => {
  await prefer({ motion: 'reduce' })
  await open('#/')
  await expect.element(button('Play')).toBeVisible()
  await expect.poll(() => drawnOn(map)).not.toBe(document.createElement('canvas').toDataURL())
  expect(await stands()).toBe(true)
  await button('Play').click()
  await expect.poll(() => moves(map)).toBe(true)
})

it('fits a telephone, and links to the next page', async () => {
  await resizeWindow(TELEPHONE)
  await open('#/')
  await expect.element(base).toBeVisible()
  await expect.poll(overhang).toBeLessThanOrEqual(0)
  await page.getByRole('link', { name: 'Watch one' }).click()
  await expect
    .element(page.getByRole('link', { name: 'Watch', exact: true }))
    .toHaveAttribute('aria-current', 'page')
  expect(location.hash).toBe('#/watch')
  await expectLargeControls()
})
