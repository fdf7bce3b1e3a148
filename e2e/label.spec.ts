import { readFile } from 'node:fs/promises'
import { test } from '@playwright/test'
import { decodeArchive } from '../src/storage/archive/index.ts'
import { answer, beginLabelling, clip, places, savedLabels } from './support/label.ts'
import { expect, withoutWebGl } from './support/watch.ts'

// The labelling desk with its real worker, in the map view to reduce CPU load. Behaviour that does
// not involve the worker is tested in src/app/label/label.page.test.tsx.
test.use({ viewport: { width: 1280, height: 800 } })
test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

test('a session with keys alone moves nothing, never loses focus, and resumes', async ({
  page,
}) => {
  await beginLabelling(page)
  await expect(savedLabels(page)).toHaveText('0')
  const before = await places(page)
  const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowRight', 'ArrowDown', 'ArrowLeft']
  await answer(page, [...keys, ...keys])
  await expect(page.getByRole('region', { name: 'Labelling desk' })).toBeFocused()
  expect(await places(page)).toEqual(before)
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export labels' }).click()
  const { labels } = decodeArchive(await readFile(await (await coming).path()))
  expect(labels).toHaveLength(12)

  await page.reload()
  await expect(clip(page, 'Left')).toBeVisible()
  await expect(savedLabels(page)).toHaveText('12')
  await expect(page.getByText('Pair 13 of')).toBeVisible()
})

test('a second tab reports that another tab is labelling, and takes over when that tab closes', async ({
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
