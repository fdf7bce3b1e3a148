import { createServer } from 'node:net'
import { defineConfig } from '@playwright/test'

// The lab is tested as it is shipped: the build, served as a static host would. `npm test` builds it
// first; on its own, `npm run e2e` wants a `npm run build` before. The pages in e2e/pages hold what
// only tests need, and are built by their server here.

/** A port nobody listens on, settled once: Playwright reads this file again in each worker. */
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

// A sandbox needs rights that containers and CI machines often lack.
const QUIET = ['--no-sandbox', '--disable-background-networking', '--disable-component-update']

/** A GPU played by the processor: right numbers, at a hundredth of the speed. */
const EMULATED_GPU = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-swiftshader',
]

const preview = `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --strictPort`

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 60_000,
  // onnxruntime uses all cores as it is.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: {
    baseURL: `http://127.0.0.1:${appPort}`,
    // The headless mode of Playwright's own shell has no WebGPU; Chromium's new one has.
    headless: false,
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: ['--headless=new', ...QUIET],
    },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
  projects: [
    { name: 'wasm' },
    {
      name: 'webgpu',
      testMatch: /(runtime.*|watch|security-devices)\.spec\.ts/,
      use: {
        launchOptions: {
          executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
          args: ['--headless=new', ...QUIET, ...EMULATED_GPU],
        },
      },
    },
  ],
  webServer: [
    {
      command: `${preview} --port ${appPort}`,
      url: `http://127.0.0.1:${appPort}/`,
    },
    {
      command: `node node_modules/vite/bin/vite.js build -c e2e/pages/vite.config.ts && ${preview} -c e2e/pages/vite.config.ts --port ${pagesPort}`,
      url: `http://127.0.0.1:${pagesPort}/runtime.html`,
    },
  ],
})
