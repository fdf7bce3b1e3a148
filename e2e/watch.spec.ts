import { test } from '@playwright/test'
import { deviceUnderTest } from './support/device.ts'
import { follow, workersViolations } from './support/follow.ts'
import { expect, VIEWPORT, waitForDecisions, watch } from './support/watch.ts'

// What differs from device to device: that the agent acts on it, and that what draws and what runs
// agents there needs nothing that the Content Security Policy forbids. Runs on WASM and on an emulated
// GPU, where a decision takes a hundred times as long.
test.use({ viewport: VIEWPORT })

test('an agent acts on this device, the page says which and why, and keeps to its policy', async ({
  page,
  baseURL,
}) => {
  const device = deviceUnderTest()
  const watched = await follow(page, new URL(baseURL ?? '').origin)
  await watch(page, device, '?model=nano')
  await waitForDecisions(page, 3)
  const name = device === 'webgpu' ? 'Device: WebGPU' : 'Device: WASM'
  await expect(page.getByRole('img', { name })).toBeVisible()
  await expect(page.getByText(/asked for in the address/)).toBeVisible()
  await expect(page.getByRole('img', { name: /What the agent sees/ })).toBeVisible()
  await expect(page.getByRole('img', { name: /The island in three dimensions/ })).toBeVisible()
  expect(await workersViolations(page)).toEqual([])
  // Errors of the page are among the violations.
  expect(watched).toEqual({ elsewhere: [], violations: [] })
})
