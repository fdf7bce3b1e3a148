import { expect, test } from '@playwright/test'
import { RECORDINGS } from '../src/island/recordings.test-data.ts'

// The same recordings are checked in Node and QuickJS by src/island/engines.test.ts.

test('recorded episodes produce the same states and pixels in Chromium', async ({ page }) => {
  await page.goto(`http://127.0.0.1:${process.env.JUMPPAD_E2E_PAGES_PORT}/runtime.html`)
  await page.waitForFunction(() => 'harness' in globalThis)
  for (const { worldVersion, start, seed, actions, state, pixels } of RECORDINGS) {
    const found = await page.evaluate(
      ({ actions, ...rest }) => harness.digests({ ...rest, actions: Uint16Array.from(actions) }),
      { worldVersion, start, seed, actions: [...actions] },
    )
    expect(found).toEqual({ state, pixels })
  }
})
