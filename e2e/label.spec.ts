import { readFile } from 'node:fs/promises'
import { type Page, test } from '@playwright/test'
import { currentLabels } from '../src/alignment/labels/index.ts'
import { decodeArchive } from '../src/storage/archive/index.ts'
import { answer, beginLabelling, clip, openDesk, places, savedLabels } from './support/label.ts'
import { expectNoOverhang } from './support/layout.ts'
import { expect, withoutWebGl } from './support/watch.ts'

// The labelling desk as people get it, by keys, roles and labels; on the map, to spare the processor.
test.use({ viewport: { width: 1280, height: 800 } })
test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label'))

async function exportedFile(page: Page): Promise<Buffer> {
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export labels' }).click()
  return readFile(await (await coming).path())
}

test('fifty pairs by keys alone: nothing moves, no focus is lost, and a session resumes', async ({
  page,
}) => {
  test.setTimeout(150_000)
  await beginLabelling(page)
  await expect(savedLabels(page)).toHaveText('0')
  const before = await places(page)
  const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowRight', 'ArrowDown', 'ArrowLeft']
  for (let pair = 0; pair < 50; pair += 10) {
    await answer(
      page,
      Array.from({ length: 10 }, (_, n) => keys[(pair + n) % keys.length] ?? ''),
    )
    expect(await focused(page)).toBe('Labelling desk')
    expect(await places(page)).toEqual(before)
  }
  await expect(page.getByText('The goal of 50 is reached')).toBeVisible()
  await expect(page.getByText(/answers took less than 0.7 seconds/)).toBeVisible()
  const { labels } = decodeArchive(await exportedFile(page))
  expect(labels).toHaveLength(50)
  expect(labels.filter(({ kind }) => kind === 're-show').length).toBeGreaterThanOrEqual(3)

  await page.reload()
  await expect(clip(page, 'Left')).toBeVisible()
  await expect(savedLabels(page)).toHaveText('50')
  await expect(page.getByText('Pair 51 of')).toBeVisible()
})

test('undoes and changes any answer, in the log and not in the count', async ({ page }) => {
  await beginLabelling(page)
  await answer(page, ['ArrowLeft', 'ArrowUp', 'ArrowRight'])
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await expect(page.getByText(/Pair 2 again: you answered Tie/)).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByText('Pair 4 of')).toBeVisible()
  await page.getByRole('button', { name: 'Change pair 1' }).click()
  await page.keyboard.press('ArrowUp')
  await expect(page.getByText('saved', { exact: true })).toBeVisible()
  await expect(savedLabels(page)).toHaveText('3')
  const { labels } = decodeArchive(await exportedFile(page))
  expect(labels).toHaveLength(5)
  expect(
    currentLabels(labels)
      .map(({ verdict }) => verdict)
      .slice(0, 2),
  ).toEqual(['tie', 'cannot tell'])
})

test('takes files in, once and no more, and refuses what is damaged', async ({ page, browser }) => {
  await beginLabelling(page)
  await answer(page, ['ArrowLeft', 'ArrowRight'])
  const bytes = await exportedFile(page)
  const other = await browser.newPage()
  await other.addInitScript(withoutWebGl)
  await openDesk(other)
  const put = (name: string, buffer: Buffer) =>
    other
      .getByLabel('Files of labels')
      .setInputFiles({ name, mimeType: 'application/jsonl', buffer })
  await put('a.jsonl', bytes)
  await expect(savedLabels(other)).toHaveText('2')
  await put('a.jsonl', bytes)
  await expect(other.getByText(/0 labels and 0 clips were added/)).toBeVisible()
  await put('cut.jsonl', bytes.subarray(0, bytes.length - 60))
  await expect(other.getByRole('alert')).toContainText(
    'cut.jsonl: The file of labels cannot be read',
  )
  await expect(savedLabels(other)).toHaveText('2')
  await other.close()
})

test('a second tab says that another one labels, and takes over when that closes', async ({
  page,
  context,
}) => {
  await beginLabelling(page)
  await answer(page, ['ArrowLeft'])
  const second = await context.newPage()
  await second.addInitScript(withoutWebGl)
  await second.goto('#/label')
  await expect(second.getByText(/Another tab is labelling/)).toBeVisible()
  await expect(savedLabels(second)).toHaveText('1')
  await second.keyboard.press('ArrowRight')
  await answer(page, ['ArrowUp'])
  await expect(savedLabels(second)).toHaveText('2')
  await page.close()
  await expect(clip(second, 'Left')).toBeVisible()
  await answer(second, ['ArrowRight'])
  await expect(savedLabels(second)).toHaveText('3')
})

test('keeps what a full disk refuses, says so, and saves it when there is room', async ({
  page,
}) => {
  await beginLabelling(page)
  await answer(page, ['ArrowLeft'])
  await page.evaluate(fillDisk)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('alert')).toContainText(
    /is full: nothing was saved.*2 answers are kept/,
  )
  await expect(savedLabels(page)).toHaveText('1')
  // A file has them all the same.
  expect(decodeArchive(await exportedFile(page)).labels).toHaveLength(3)
  await page.evaluate(() => window.emptyDisk())
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(savedLabels(page)).toHaveText('3')
  await expect(page.getByRole('alert')).toHaveCount(0)
})

test('puts back what is in memory when the database is cleared under the page', async ({
  page,
}) => {
  await beginLabelling(page)
  await answer(page, ['ArrowLeft', 'ArrowRight'])
  await page.evaluate(
    () =>
      new Promise((done, fail) => {
        const request = indexedDB.deleteDatabase('jumppad')
        request.onsuccess = done
        request.onerror = fail
      }),
  )
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('alert')).toContainText('was cleared while it was open')
  await expect(savedLabels(page)).toHaveText('3')
  expect(decodeArchive(await exportedFile(page)).labels).toHaveLength(3)
})

test('tells paths in words, and stands still for who asked for less motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openDesk(page)
  await expect(clip(page, 'Left')).toHaveAccessibleDescription(
    /^Starts at the north-|^Starts at the south-/,
  )
  await expect(clip(page, 'Right')).toHaveAccessibleDescription(/after \d+\.\d seconds\.$/)
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
})

test('letters and digits can be set otherwise and switched off', async ({ page }) => {
  await beginLabelling(page)
  await page.keyboard.press('3')
  await expect(page.getByRole('button', { name: 'Speed 3×' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Keys' })
  await dialog.getByLabel('Key: Twice as fast').fill('x')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('x')
  await expect(page.getByRole('button', { name: 'Speed 2×' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await page.getByRole('button', { name: 'Keys' }).click()
  await dialog.getByRole('switch').click()
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await page.keyboard.press('1')
  await answer(page, ['ArrowLeft'])
  await expect(page.getByRole('button', { name: 'Speed 2×' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
})

test('fits a telephone and is worked by touch', async ({ browser }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const page = await context.newPage()
  await page.addInitScript(withoutWebGl)
  await beginLabelling(page)
  await expectNoOverhang(page)
  await page.getByRole('button', { name: 'Right', exact: true }).tap()
  await expect(savedLabels(page)).toHaveText('1')
  const box = await page.getByRole('button', { name: 'Left', exact: true }).boundingBox()
  expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThanOrEqual(844)
  await context.close()
})

declare global {
  interface Window {
    emptyDisk: () => void
  }
}

/** Runs in the page: from now on no label can be written, as on a full disk. */
function fillDisk(): void {
  const { add } = IDBObjectStore.prototype
  IDBObjectStore.prototype.add = () => {
    throw new DOMException('The disk is full.', 'QuotaExceededError')
  }
  window.emptyDisk = () => {
    IDBObjectStore.prototype.add = add
  }
}
