/** Production build of the lab on a local server, for benchmarks. */
import { cpus } from 'node:os'
import { type Browser, chromium } from '@playwright/test'
import { build, preview } from 'vite'

/** Builds and serves the lab, calls `work` with its address, and then closes the server. */
export async function withLab<T>(work: (address: string) => Promise<T>): Promise<T> {
  await build({ logLevel: 'warn' })
  const server = await preview({ preview: { host: '127.0.0.1', port: 0 } })
  try {
    return await work(server.resolvedUrls?.local[0] ?? '')
  } finally {
    await server.close()
  }
}

/**
 * Builds and serves the lab and opens Chromium for `work`, with the conditions of a measurement in words:
 * date, cores, version of Chromium.
 */
export async function withLabInChromium(
  work: (browser: Browser, address: string, conditions: string) => Promise<void>,
): Promise<void> {
  await withLab(async (address) => {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      headless: false,
      args: ['--headless=new', '--no-sandbox'],
    })
    const date = new Date().toISOString().slice(0, 10)
    const conditions = `${date}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}, Chromium ${browser.version()}, WASM`
    try {
      await work(browser, address, conditions)
    } finally {
      await browser.close()
    }
  })
}
