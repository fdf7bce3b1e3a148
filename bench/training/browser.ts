/** Timings of our training step in Chromium and of jax-js's on the same page. */
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { build, preview } from 'vite'
import type { Rounds } from './statistics.ts'
import type { StepReport } from './workload.ts'

const CONFIG = join(import.meta.dirname, 'page/vite.config.ts')

/** Pause in milliseconds between the trainers, which lets the previous one's threads go idle. */
const PAUSE_MS = 150

export type Contender = 'ours' | 'jax'

export interface BrowserTimes {
  /** Chromium's name and version. */
  readonly browser: string
  /** Device on which our step ran. */
  readonly device: string
  readonly cores: number
  /** Reports of the first steps of each trainer, for comparison. */
  readonly first: Readonly<Record<Contender, readonly StepReport[]>>
  /** Milliseconds per step. */
  readonly steps: Readonly<Record<Contender, Rounds>>
}

/** Builds and serves pages, launches Chromium, calls `work`, and then closes everything. */
export async function withBrowser<T>(
  configFile: string,
  work: (browser: Browser, address: string) => Promise<T>,
  flags: readonly string[] = [],
): Promise<T> {
  await build({ configFile })
  const server = await preview({ configFile, preview: { host: '127.0.0.1', port: 0 } })
  // The new headless mode is the regular browser; the sandbox needs privileges that containers lack.
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    headless: false,
    args: ['--headless=new', '--no-sandbox', '--disable-background-networking', ...flags],
  })
  try {
    return await work(browser, server.resolvedUrls?.local[0] ?? '')
  } finally {
    await browser.close()
    await server.close()
  }
}

/** Opens the training page and calls `work` once it is ready. Throws if it is not cross-origin isolated. */
export function withBenchPage<T>(
  work: (page: Page, browser: string) => Promise<T>,
  flags: readonly string[] = [],
): Promise<T> {
  const onPage = async (browser: Browser, address: string) => {
    const page = await browser.newPage()
    await page.goto(address)
    await page.waitForFunction(() => 'bench' in globalThis)
    if (!(await page.evaluate(() => crossOriginIsolated))) {
      throw new Error('The page is not cross-origin isolated: threads cannot be had')
    }
    return await work(page, `Chromium ${browser.version()}`)
  }
  return withBrowser(CONFIG, onPage, flags)
}

/** Times both trainers on the page in alternation. */
export function measureInBrowser(
  rounds: number,
  stepsPerRound: number,
  checked: number,
): Promise<BrowserTimes> {
  return withBenchPage(async (page, browser) => ({
    browser,
    device: (await page.evaluate(() => bench.ours.describe('wasm'))).name,
    cores: await page.evaluate(() => navigator.hardwareConcurrency),
    first: { ours: await train(page, 'ours', checked), jax: await train(page, 'jax', checked) },
    steps: await race(page, rounds, stepsPerRound),
  }))
}

function train(page: Page, contender: Contender, steps: number): Promise<StepReport[]> {
  return contender === 'jax'
    ? page.evaluate((count) => bench.jax.train(count), steps)
    : page.evaluate((count) => bench.ours.train('wasm', count), steps)
}

async function race(
  page: Page,
  rounds: number,
  stepsPerRound: number,
): Promise<Record<Contender, number[][]>> {
  const times: Record<Contender, number[][]> = { ours: [], jax: [] }
  for (let round = 0; round < rounds; round++) {
    for (const contender of ['ours', 'jax'] as const) {
      await page.waitForTimeout(PAUSE_MS)
      const reports = await train(page, contender, stepsPerRound)
      times[contender].push(reports.map(({ milliseconds }) => milliseconds))
    }
  }
  return times
}
