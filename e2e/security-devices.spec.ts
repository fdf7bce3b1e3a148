import { test } from '@playwright/test'
import { deviceUnderTest } from './support/device.ts'
import { follow, workersViolations } from './support/follow.ts'
import { expect, VIEWPORT, watch } from './support/watch.ts'

// What draws and what runs agents, on the device this run is for, under the Content Security Policy.

test.use({ viewport: VIEWPORT })

test('the scene and the runtime keep to the site and to its policy', async ({ page, baseURL }) => {
  const watched = await follow(page, new URL(baseURL ?? '').origin)
  await watch(page, deviceUnderTest(), '?model=nano')
  await expect(page.locator('canvas').first()).toBeVisible()
  expect(await workersViolations(page)).toEqual([])
  expect(watched).toEqual({ elsewhere: [], violations: [] })
})
