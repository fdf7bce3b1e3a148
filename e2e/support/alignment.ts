/** Alignment in the tab through the user interface: labelling desk, training, evaluation. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { wilsonInterval } from '../../src/evaluation/wilson.ts'
import { clip, savedLabels } from './label.ts'
import { expect } from './watch.ts'

/** Alignment takes minutes when the CPU does all the work. */
const patient = expect.configure({ timeout: 900_000 })

/**
 * Opens the desk on a model's clips and begins a session: with the default settings or, if `seed`
 * is given, with that seed and without pairs that measure the labeller, so that every answer is
 * used for training.
 */
export async function beginWith(page: Page, model: string, seed?: number): Promise<void> {
  await page.goto(`?device=wasm#/label?model=${model}`)
  await patient(clip(page, 'Left')).toBeVisible()
  if (seed !== undefined) {
    await page.getByText('Goal, clips and pairs').click()
    await page.getByLabel('Pairs with a known answer').selectOption('none')
    await page.getByLabel('Repeat one pair in').fill('0')
    await page.getByLabel('Seed').fill(String(seed))
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Progress' })).toBeVisible()
}

/** Exports all labels once they are saved; returns the file. */
export async function exportedLabels(page: Page, labels: number): Promise<Uint8Array> {
  await expect(savedLabels(page)).toHaveText(String(labels))
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export labels' }).click()
  return new Uint8Array(await readFile(await (await coming).path()))
}

export async function importLabels(page: Page, file: Uint8Array): Promise<void> {
  await page.goto('?device=wasm#/label?model=nano')
  await expect(clip(page, 'Left')).toBeVisible()
  await page.getByLabel('Label files').setInputFiles({
    name: 'labels.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(file),
  })
  await expect(savedLabels(page)).not.toHaveText('0')
}

/**
 * Aligns a model with this browser's labels; returns the name of the resulting model. `ends` are the headings
 * with which the training may end.
 */
export async function align(
  page: Page,
  model: string,
  settings: string,
  ends = /^Done: /,
): Promise<string> {
  await page.goto(`?device=wasm#/train?model=${model}&labels=own&${settings}`)
  await page.getByRole('button', { name: 'Align the agent', exact: true }).click()
  const now = page.locator('#training-now')
  await patient(now.getByRole('heading', { name: ends })).toBeVisible()
  const beside = now.getByRole('link', { name: 'Watch it beside its starting agent' })
  const address = (await beside.getAttribute('href')) ?? ''
  const name = /file-[0-9a-f]{12}/.exec(address)?.[0]
  if (name === undefined) throw new Error(`Found no model of this browser in "${address}"`)
  return name
}

export interface Counted {
  readonly k: number
  readonly n: number
  readonly low: number
  readonly high: number
}

/** Counts the episodes of each model that end at a jumppad, with the Wilson interval. */
export async function evaluate(
  page: Page,
  models: readonly string[],
  episodes: number,
  jumppad: string,
): Promise<Counted[]> {
  // A change of hash alone would keep the announcement of an earlier evaluation.
  await page.goto('about:blank')
  await page.goto(
    `?device=wasm#/evaluate?model=${models.join(',')}&episodes=${episodes}&seed=9&reward=none&run=now`,
  )
  const said = page.getByRole('status', { name: 'Announcements' })
  await patient(said).toContainText('The evaluation is complete.')
  const table = page.getByRole('table', { name: `Episodes that end ${jumppad}` })
  const cells = await table.locator('td:last-child').allTextContents()
  return cells.map((cell) => {
    const [k = Number.NaN, n = Number.NaN] = cell.split('/').map(Number)
    return { k, n, ...wilsonInterval(k, n) }
  })
}
