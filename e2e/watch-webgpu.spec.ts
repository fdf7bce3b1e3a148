import { test } from '@playwright/test'
import { follow, workersViolations } from './support/follow.ts'
import { expect, expectActing, VIEWPORT, watch } from './support/watch.ts'

// An agent on WebGPU, on a GPU that the processor emulates, where a decision takes a hundred times as
// long: what acts and what draws needs nothing there that the Content Security Policy forbids either.
test.use({ viewport: VIEWPORT })

test('an agent acts on WebGPU, the page says which device and why, and keeps to its policy', async ({
  page,
  baseURL,
}) => {
  const watched = await follow(page, new URL(baseURL ?? '').origin)
  await watch(page, 'webgpu', '?model=nano')
  await expectActing(page, 'WebGPU')
  expect(await workersViolations(page)).toEqual([])
  // Errors of the page are among the violations.
  expect(watched).toEqual({ elsewhere: [], violations: [] })
})
