/**
 * Benchmark of the main thread during training: tasks longer than 50 ms while an alignment with a
 * synthetic judge runs, from its first update to its end, in Chromium on WebAssembly. Prints
 * Markdown for docs/benchmarks.md.
 *
 * Run with `npx tsx bench/train-page.ts` on an otherwise idle machine; `UPDATES=10` runs fewer
 * updates of reinforcement learning.
 */
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { withBrowser } from './training/browser.ts'

const CONFIG = join(import.meta.dirname, '../vite.config.ts')
const UPDATES = Number(process.env.UPDATES ?? 20)
const PATIENCE_MS = 900_000

/** Milliseconds from which a task is noticeable; Chromium reports no shorter ones. */
const FELT_MS = 50

interface Task {
  readonly at: number
  readonly ms: number
}

/** Starts to collect long tasks in the page; resolves to the page's current time in milliseconds. */
function watchTasks(page: Page): Promise<number> {
  return page.evaluate(() => {
    const tasks: Task[] = []
    Object.assign(globalThis, { longTasks: tasks })
    new PerformanceObserver((list) => {
      for (const { startTime: at, duration: ms } of list.getEntries()) tasks.push({ at, ms })
    }).observe({ type: 'longtask' })
    return performance.now()
  })
}

function tasksOf(page: Page): Promise<{ tasks: readonly Task[]; now: number }> {
  return page.evaluate(() => {
    const tasks: readonly Task[] = Reflect.get(globalThis, 'longTasks')
    return { tasks, now: performance.now() }
  })
}

const line = await withBrowser(CONFIG, async (browser, address) => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(
    `${address}?device=wasm#/train?labels=judge&comparisons=50&set=reinforcement.steps:${UPDATES}`,
  )
  await page.getByRole('button', { name: 'Align the agent', exact: true }).click()
  const now = page.locator('#training-now')
  await now
    .getByRole('figure', { name: /update \d/ })
    .first()
    .waitFor({ timeout: PATIENCE_MS })
  const begun = await watchTasks(page)
  await now.getByRole('heading', { name: /^Done: / }).waitFor({ timeout: PATIENCE_MS })
  const { tasks, now: ended } = await tasksOf(page)
  const longest = Math.max(0, ...tasks.map(({ ms }) => ms))
  const felt = tasks.filter(({ ms }) => ms > FELT_MS).length
  return `| ${((ended - begun) / 1000).toFixed(0)} | ${felt} | ${longest.toFixed(0)} |`
})

process.stdout.write(
  [
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}, load average at the end ${loadavg()[0]?.toFixed(1)}.`,
    '',
    '| seconds watched | tasks of more than 50 ms | longest ms |',
    '|---:|---:|---:|',
    line,
    '',
  ].join('\n'),
)
