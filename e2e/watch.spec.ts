import { test } from '@playwright/test'
import { deviceUnderTest } from './support/device.ts'
import { expect, VIEWPORT, waitForDecisions, watch } from './support/watch.ts'

// The one thing that differs from device to device: that the agent acts on it. Runs on WASM and on an
// emulated GPU, where a decision takes a hundred times as long.
test.use({ viewport: VIEWPORT })

test('an agent acts on this device, and the page says which and why', async ({ page }) => {
  const device = deviceUnderTest()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  await watch(page, device, '?model=nano')
  await waitForDecisions(page, 3)
  const name = device === 'webgpu' ? 'Device: WebGPU' : 'Device: WASM'
  await expect(page.getByRole('img', { name })).toBeVisible()
  await expect(page.getByText(/asked for in the address/)).toBeVisible()
  await expect(page.getByRole('img', { name: /What the agent sees/ })).toBeVisible()
  await expect(page.getByRole('img', { name: /The island in three dimensions/ })).toBeVisible()
  expect(problems).toEqual([])
})
