import { createServer } from 'node:net'
import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'
import { CHROMIUM } from './e2e/support/chromium.ts'

// The lab is tested as it is shipped: the build, served as a static host would. `npm test -- e2e`
// builds it and the pages in e2e/pages, which hold what only tests need; on its own, Playwright
// wants both built before.

/** Returns a port nobody listens on, settled once: Playwright reads this file again in each worker. */
async function freePort(variable: string): Promise<string> {
  process.env[variable] ??= await new Promise<string>((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(String(typeof address === 'object' ? address?.port : address)))
    })
  })
  return process.env[variable] ?? ''
}

const appPort = await freePort('JUMPPAD_E2E_PORT')
const pagesPort = await freePort('JUMPPAD_E2E_PAGES_PORT')

const preview = 'node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --strictPort'

/** Launch options; Chromium's new headless mode has WebGPU, which Playwright's own shell lacks. */
const chromium = (...args: string[]) => ({
  ...CHROMIUM,
  args: ['--headless=new', ...CHROMIUM.args, ...args],
})

/** A GPU emulated by the processor: right numbers, at a hundredth of the speed. */
const EMULATED_GPU = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-swiftshader',
]

/** Specs that train, or that kill a browser: they use all cores as it is. */
const HEAVY = /(align|label-kill|train|training)\.spec\.ts/

/** Specs that take a quarter of an hour: `npm run test:slow`. */
const SLOW = /\.slow\.spec\.ts/

/** The spec that runs on both devices, and the one that is for WebGPU alone. */
const EACH_DEVICE = /runtime\.spec\.ts/
const WEBGPU = /-webgpu\.spec\.ts/

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  // Limits are for what hangs: a slow machine beside other work takes ten times as long as a quiet one.
  timeout: 600_000,
  expect: { timeout: 240_000 },
  fullyParallel: true,
  // A page waits for its workers, its files and its first frames more than it computes.
  workers: Math.min(4, 1 + availableParallelism()),
  forbidOnly: Boolean(process.env.CI),
  // A test that failed is run again for its trace alone: `npm test` counts it as failed all the same.
  retries: 1,
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${appPort}`,
    headless: false,
    actionTimeout: 240_000,
    navigationTimeout: 240_000,
    launchOptions: chromium(),
    trace: 'on-first-retry',
  },
  projects: [
    { name: 'light', testIgnore: [HEAVY, SLOW, WEBGPU] },
    { name: 'heavy', testMatch: HEAVY },
    { name: 'slow', testMatch: SLOW },
    {
      name: 'webgpu',
      testMatch: [EACH_DEVICE, WEBGPU],
      use: { launchOptions: chromium(...EMULATED_GPU) },
    },
  ],
  webServer: [
    { command: `${preview} --port ${appPort}`, url: `http://127.0.0.1:${appPort}/` },
    {
      command: `${preview} -c e2e/pages/vite.config.ts --port ${pagesPort}`,
      url: `http://127.0.0.1:${pagesPort}/runtime.html`,
    },
  ],
})
