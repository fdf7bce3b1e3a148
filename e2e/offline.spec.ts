import { readFile } from 'node:fs/promises'
import { type BrowserContext, type Page, test } from '@playwright/test'
import { moves } from './support/pictures.ts'
import { StaticHost } from './support/static-host.ts'
import { type Visitor, visit } from './support/visitor.ts'
import { AGENTS_LOADED, decisionCount, expect } from './support/watch.ts'

// Served by a minimal host without headers, below a sub-path: cross-origin isolation and offline
// use depend on the service worker alone.

const baseAgent = (page: Page) => page.getByRole('article', { name: 'Base' })
const baseMap = (page: Page) => baseAgent(page).getByRole('img', { name: /seen from above/ })
const isolated = (page: Page) => page.evaluate(() => crossOriginIsolated)
const state = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

let host: StaticHost
let context: BrowserContext

let visitor: Visitor

test.beforeEach(async ({ launchOptions }) => {
  host = new StaticHost()
  await host.start()
  visitor = await visit(launchOptions)
  context = visitor.context
})

test.afterEach(async () => {
  await visitor.leave()
  await host.stop()
})

function acts(page: Page): Promise<void> {
  return expect.poll(() => decisionCount(page)).toBeGreaterThan(0)
}

/** Returns a function that counts page loads, whatever caused them. */
function loads(page: Page): () => number {
  let count = 0
  page.on('domcontentloaded', () => count++)
  return () => count
}

test('works offline once it reports that it is ready, and is cross-origin isolated from the second visit on', async () => {
  const page = await context.newPage()
  const count = loads(page)
  await page.goto(`${host.url}?device=wasm#/?seed=11`)
  await expect(state(page, 'Ready offline')).toBeVisible()
  expect(count()).toBe(1)
  expect(await isolated(page)).toBe(false)

  await host.stop()
  await page.reload()
  expect(await isolated(page)).toBe(true)
  await expect.poll(() => moves(baseMap(page))).toBe(true)
  await expect(page.getByText(AGENTS_LOADED)).toBeVisible()
  await page.getByRole('button', { name: 'Another start' }).click()
  await expect(baseAgent(page).getByText('Live')).toBeVisible()
  await expect(state(page, 'Ready offline')).toBeVisible()

  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Train' }).click()
  await expect(page.getByRole('button', { name: 'Align the agent' })).toBeVisible()
  await page.getByRole('link', { name: 'Watch' }).click()
  await acts(page)
  await expect(page.getByText(/WebAssembly, \d threads/).first()).toBeVisible()
  await page.goto(`${host.url}?device=wasm#/evaluate?model=base&episodes=2&reward=none&run=now`)
  await expect(
    page.getByText('The evaluation is complete. Base: 2 episodes counted.'),
  ).toBeAttached()
  expect(count()).toBe(2)
})

test('reports a new version, and leaves each page unchanged until its next load', async () => {
  const page = await context.newPage()
  const count = loads(page)
  await page.goto(`${host.url}?device=wasm#/`)
  await expect(state(page, 'Pages ready offline').or(state(page, 'Ready offline'))).toBeVisible()
  await host.release()
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
  await expect(state(page, 'Update ready')).toBeVisible()

  // The site no longer serves this page's scripts.
  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(count()).toBe(1)
  expect(await versionOf(page)).toBe('first')

  const other = await context.newPage()
  await other.goto(`${host.url}?device=wasm#/overview`)
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible()
  expect(await versionOf(other)).toBe('next')
  expect(await shellSizes(other)).toBe('both versions')

  await page.reload()
  expect(await versionOf(page)).toBe('next')
  // Only one state is shown at a time.
  await expect(state(page, 'Pages ready offline').or(state(page, 'Ready offline'))).toBeVisible()
  await expect(state(page, 'Update ready')).toHaveCount(0)
  // The old version goes only while every page answers in time, so a busy page has to ask again.
  await expect(async () => {
    await page.reload()
    await expect.poll(() => shellSizes(page), { timeout: 30_000 }).toBe('next version')
  }).toPass()
})

function versionOf(page: Page): Promise<'first' | 'next'> {
  return page.evaluate(() => (document.querySelector('script[src$="_next.js"]') ? 'next' : 'first'))
}

/** Returns which versions' scripts are in the caches. */
function shellSizes(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const keys = await Promise.all(
      (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
    )
    const scripts = keys.flat().filter(({ url }) => url.endsWith('.js'))
    const next = scripts.filter(({ url }) => url.endsWith('_next.js')).length
    return next === scripts.length ? 'next version' : next === 0 ? 'first version' : 'both versions'
  })
}

test('works without files that could not be stored, and says so', async () => {
  const page = await context.newPage()
  host.gone.add('icons/any-512.png')
  await page.goto(`${host.url}?device=wasm#/overview`)
  await state(page, 'Not available offline').click()
  await expect(page.getByRole('dialog')).toContainText('Some files of the lab could not be loaded')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()

  host.gone.clear()
  const session = await context.newCDPSession(page)
  const quota = { origin: new URL(host.url).origin, quotaSize: 8_000_000 }
  await session.send('Storage.overrideQuotaForOrigin', quota)
  await page.goto(`${host.url}?device=wasm#/watch`)
  await page.reload()
  await acts(page)
  await state(page, 'Not available offline').click()
  // The runtime alone exceeds the quota; while it is being written, the model may not fit either.
  await expect(page.getByRole('dialog')).toContainText(/(\.wasm|\d files) could not be saved/)
})

test('replaces files that the browser has evicted, and models that the site has replaced', async () => {
  const page = await context.newPage()
  await page.goto(`${host.url}?device=wasm#/watch?model=base`)
  await expect(state(page, 'Ready offline')).toBeVisible()
  await page.evaluate(async () => {
    const shell = (await caches.keys()).find((name) => name.includes('shell'))
    if (shell) await caches.delete(shell)
  })
  // Replace the base model on the site with another one.
  const models = JSON.parse(await readFile('models/manifest.json', 'utf8'))
  const digestOf = (file: string) =>
    models.find((each: { file: string }) => each.file === file).sha256
  const [before, after] = [digestOf('base.onnx'), digestOf('fine-tuned.onnx')]
  host.replaced.set('models/base.onnx', await readFile('models/fine-tuned.onnx'))
  host.replaced.set(
    'models/manifest.json',
    Buffer.from(JSON.stringify(models).replace(before, after)),
  )
  await page.reload()
  await expect(state(page, 'Ready offline')).toBeVisible()
  await host.stop()
  await page.reload()
  await acts(page)
  // Where a model cannot be opened, a recording plays in its place.
  await expect(page.getByText(/WebAssembly, \d threads/).first()).toBeVisible()
})
