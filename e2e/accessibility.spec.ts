import { test } from '@playwright/test'
import { PAGES } from '../src/app/pages.ts'
import { smallControls } from '../src/app/testing/small-controls.ts'
import { brokenRules } from './support/axe.ts'
import { expectNoOverhang } from './support/layout.ts'
import { expect, withoutWebGl } from './support/watch.ts'

// Checks every page with axe: dark and light, at phone and desktop sizes.

const NAMES = ['', ...PAGES.map((each) => each.name)]
/** Later steps of the chapter on too few labels. */
const STEPS = [2, 3, 4, 5].map((step) => `few-labels?step=${step}`)
const SIZES = [
  // The width at which WCAG 1.4.10 asks for reflow; a phone is a little wider.
  { width: 320, height: 844 },
  { width: 1440, height: 900 },
]

test.beforeEach(({ page }) => page.addInitScript(withoutWebGl))

/** Rules on colours, the only difference between dark and light. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

test('every page passes the accessibility rules, in dark and light, at telephone and desktop sizes', async ({
  page,
}) => {
  for (const name of [...NAMES, ...STEPS]) {
    await test.step(name || 'the landing page', async () => {
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
      await page.goto(`?device=wasm#/${name}`)
      await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
      await expect(page.getByText('Loading the page…')).toHaveCount(0)
      for (const size of SIZES) {
        await page.setViewportSize(size)
        await expectNoOverhang(page)
        await expect.poll(() => page.evaluate(smallControls)).toEqual([])
        await expect.poll(() => brokenRules(page)).toEqual([])
      }
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
      // Colour transitions take a moment.
      await expect.poll(() => brokenRules(page, COLOUR_RULES)).toEqual([])
    })
  }
})

test('the first Tab stop skips the header', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const name of NAMES) {
    // A change of hash alone would not load the page again.
    await page.goto('about:blank')
    await page.goto(`?device=wasm#/${name}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeAttached()
    if (name === 'label') {
      // The desk takes the focus itself if nothing else has it, so that Enter begins a session.
      await expect(page.getByRole('button', { name: 'Start session' })).toBeFocused()
      continue
    }
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: 'Skip to content' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main')).toBeFocused()
    await expect(page).toHaveURL(new RegExp(`#/${name}`))
  }
})

test('can be installed', async ({ page, request }) => {
  await page.goto('?device=wasm#/overview')
  const address = await page.locator('link[rel="manifest"]').getAttribute('href')
  const { href } = new URL(address ?? '', page.url())
  const manifest = await (await request.get(href)).json()
  expect(manifest).toMatchObject({ short_name: 'Jumppad', display: 'standalone' })
  expect(new URL(manifest.start_url, href).href).toBe(new URL('.', page.url()).href)
  const sizes = await Promise.all(
    manifest.icons.map(async ({ src, sizes, purpose = 'any' }: Icon) => {
      const icon = await page.evaluate(drawnSize, new URL(src, href).href)
      if (sizes !== 'any') expect(icon).toBe(sizes)
      return `${sizes} ${purpose}`
    }),
  )
  expect(sizes).toEqual(expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']))
  const session = await page.context().newCDPSession(page)
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  // Playwright's contexts are incognito windows.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(['in-incognito'])
})

interface Icon {
  readonly src: string
  readonly sizes: string
  readonly purpose?: string
}

/** Runs in the page: returns the width and height of an image. */
async function drawnSize(address: string): Promise<string> {
  const picture = new Image()
  picture.src = address
  await picture.decode()
  return `${picture.naturalWidth}x${picture.naturalHeight}`
}
