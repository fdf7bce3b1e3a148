import { test } from '@playwright/test'
import { follow, workersViolations } from './support/follow.ts'
import { expect, expectActing, VIEWPORT, watch } from './support/watch.ts'

// An agent on WebGPU, on a GPU emulated on the CPU, where a decision takes about a hundred times as
// long. Checks that inference and rendering do not violate the Content Security Policy there
// either.
test.use({ viewport: VIEWPORT })

test('an agent acts on WebGPU, and the page names the device and the reason and complies with its policy', async ({
  page,
  baseURL,
}) => {
  const watched = await follow(page, new URL(baseURL ?? '').origin)
  await watch(page, 'webgpu', '?model=nano')
  await expectActing(page, 'WebGPU')
  expect(await workersViolations(page)).toEqual([])
  // Page errors are among the violations.
  expect(watched).toEqual({ elsewhere: [], violations: [] })
})
