/**
 * Benchmark of the Evaluate page: seconds for 1,000 episodes of one model on WebAssembly in regular
 * Chromium, both from pressing Run to the final result and for the rollouts alone. Prints Markdown
 * for docs/benchmarks.md.
 *
 * Run with `npx tsx bench/evaluate.ts`; `EPISODES=100` plays fewer episodes.
 */
import { readFile } from 'node:fs/promises'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { z } from 'zod'
import { withBrowser } from './training/browser.ts'

const CONFIG = join(import.meta.dirname, '../vite.config.ts')
const EPISODES = Number(process.env.EPISODES ?? 1000)
const PATIENCE_MS = 900_000

const CASES = [
  { model: 'fine-tuned', reward: 'none' },
  { model: 'fine-tuned', reward: 'reward-left' },
] as const

const exportSchema = z.object({
  policies: z
    .array(
      z.object({
        device: z.string(),
        seconds: z.number(),
        summary: z.object({ episodes: z.int(), meanDecisions: z.number() }),
      }),
    )
    .length(1),
})

/** Returns the policy's results from the page's JSON export. Throws if the number of episodes is wrong. */
async function exported(page: Page) {
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'All as JSON' }).click()
  const text = await readFile(await (await download).path(), 'utf8')
  const [policy] = exportSchema.parse(JSON.parse(text)).policies
  if (policy?.summary.episodes !== EPISODES) {
    throw new Error(`Found ${policy?.summary.episodes} episodes, expected ${EPISODES}`)
  }
  return policy
}

async function measure(page: Page, address: string, { model, reward }: (typeof CASES)[number]) {
  await page.goto('about:blank')
  await page.goto(`${address}#/evaluate?model=${model}&episodes=${EPISODES}&reward=${reward}`)
  const run = page.getByRole('button', { name: /^Run / })
  await run.and(page.locator(':enabled')).waitFor()
  const begun = performance.now()
  await run.click()
  const said = page.getByRole('status', { name: 'Announcements' })
  await said.filter({ hasText: 'is complete' }).waitFor({ timeout: PATIENCE_MS })
  const seconds = (performance.now() - begun) / 1000
  const policy = await exported(page)
  const decisions = policy.summary.meanDecisions * EPISODES
  return [
    model,
    reward,
    policy.device,
    seconds.toFixed(1),
    policy.seconds.toFixed(1),
    Math.round(decisions / policy.seconds),
  ]
}

const lines = await withBrowser(CONFIG, async (browser, address) => {
  const rows: string[] = []
  for (const each of CASES) {
    const page = await browser.newPage()
    rows.push(`| ${(await measure(page, address, each)).join(' | ')} |`)
    await page.close()
  }
  return [
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}, Chromium ${browser.version()}, ${EPISODES} episodes, load average at the end ${loadavg()[0]?.toFixed(1)}.`,
    '',
    '| model | reward model | device | seconds in all | seconds of playing | decisions a second |',
    '|---|---|---|---:|---:|---:|',
    ...rows,
  ]
})
process.stdout.write(`${lines.join('\n')}\n`)
