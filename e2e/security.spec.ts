import { test } from '@playwright/test'
import { PAGES } from '../src/app/pages.ts'
import { follow, workersViolations } from './support/follow.ts'
import { AGENTS_LOADED, decisions, expect, VIEWPORT, withoutWebGl } from './support/watch.ts'

// Checks that no page contacts another site or violates the site's Content Security Policy.

test.use({ viewport: VIEWPORT })

test('every page contacts only its own site and complies with its Content Security Policy', async ({
  page,
  baseURL,
}) => {
  // 3D rendering is covered by watch-page.spec.ts and watch-webgpu.spec.ts.
  await page.addInitScript(withoutWebGl)
  const watched = await follow(page, new URL(baseURL ?? '').origin)
  for (const name of ['', ...PAGES.map((each) => each.name)]) {
    await test.step(name || 'the landing page', async () => {
      await page.goto(`?device=wasm#/${name}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
      if (name === '') {
        await expect(page.getByText(AGENTS_LOADED)).toBeVisible()
      }
      if (name === 'watch') await expect(decisions(page)).not.toHaveText('0')
      if (name === 'watch' || name === 'label') {
        await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
        await expect(page.getByRole('switch').first()).toBeVisible()
        await page.keyboard.press('Escape')
      }
      expect(await workersViolations(page)).toEqual([])
    })
  }
  await expect(page.getByRole('button', { name: /^(Pages ready|Ready) offline$/ })).toBeVisible()
  expect(await workersViolations(page)).toEqual([])
  expect(watched).toEqual({ elsewhere: [], violations: [] })
})

test('the Content Security Policy forbids other sites and code made from text', async ({
  page,
  request,
}) => {
  const headers = (await request.get('')).headers()
  const policy = headers['content-security-policy'] ?? ''
  expect(policy).not.toContain("'unsafe-eval'")
  expect(policy).not.toMatch(/https?:|\*/)
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  expect(headers['cross-origin-embedder-policy']).toBe('require-corp')
  await page.goto('?device=wasm#/overview')
  const meta = page.locator('meta[http-equiv="Content-Security-Policy"]')
  expect(await meta.getAttribute('content')).toBe(policy)
  const attempts = await page.evaluate(async () => {
    // Deferred, because code that a test evaluates directly is exempt from the policy.
    const evaluated = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          resolve(Reflect.construct(Function, ['return "allowed"'])())
        } catch {
          resolve('forbidden')
        }
      })
    })
    const fetched = await fetch('https://example.com/').then(
      () => 'answered',
      () => 'forbidden',
    )
    return [evaluated, fetched]
  })
  expect(attempts).toEqual(['forbidden', 'forbidden'])
})
