/**
 * Benchmark of alignment in a browser tab with one person's labels: a scripted judge labels pairs
 * by keyboard until 50 answers prefer one clip, all of which are used for training; then `small` is
 * aligned with the page's default settings and evaluated, in real Chromium on WebAssembly. Prints
 * Markdown for docs/methods/in-the-tab.md.
 *
 * Run with `npx tsx bench/align.ts` on an otherwise idle machine. `--set` changes settings, as
 * `#/train?set=` does.
 */
import { parseArgs } from 'node:util'
import type { Browser } from '@playwright/test'
import { align, beginWith, evaluate, exportedLabels } from '../e2e/support/alignment.ts'
import { labelUntil } from '../e2e/support/scripted-judge.ts'
import { VIEWPORT, withoutWebGl } from '../e2e/support/watch.ts'
import { withLabInChromium } from './label/lab.ts'
import { type RunRecord, runRecords } from './label/run-records.ts'

const { values: options } = parseArgs({
  options: {
    set: { type: 'string', default: '' },
    preference: { type: 'string', default: 'no' },
    labels: { type: 'string', default: '50' },
    seeds: { type: 'string', default: '1,2,3,4,5' },
    wanted: { type: 'string', default: 'left' },
  },
})

const AGENT = 'fine-tuned'
const EPISODES = 200

interface Timed {
  readonly asked: number
  /** Whether the training was stopped as diverged. */
  readonly ending: 'diverged' | 'last update'
  readonly seconds: number
  readonly parts: Readonly<Record<string, number>>
  /** Seconds after which nine in ten episodes had the preferred outcome; undefined if they never had. */
  readonly ninety: number | undefined
  readonly start: string
  readonly aligned: string
}

/** Number of updates over which the share of the preferred outcome is averaged. */
const WINDOW = 3

/**
 * Returns the seconds until the share of the preferred outcome, averaged over WINDOW updates, was 90 %; all
 * updates are taken to last equally long.
 */
function secondsToNinety({ seconds, partSeconds, curves }: RunRecord): number | undefined {
  const points = curves.reinforcement ?? []
  const end = points.findIndex((_, index) => {
    const shares = points.slice(index + 1 - WINDOW, index + 1).map((point) => point.preference ?? 0)
    return shares.length === WINDOW && shares.reduce((a, b) => a + b, 0) >= 0.9 * WINDOW
  })
  const playing = partSeconds.reinforcement ?? 0
  return end < 0 ? undefined : seconds - playing + (playing * (end + 1)) / points.length
}

async function once(browser: Browser, address: string, seed: number): Promise<Timed> {
  const context = await browser.newContext({ baseURL: address, viewport: VIEWPORT })
  const page = await context.newPage()
  await page.addInitScript(withoutWebGl)
  await beginWith(page, AGENT, seed)
  const asked = await labelUntil(page, options.wanted, Number(options.labels))
  await exportedLabels(page, asked)
  const settings = `seed=${seed}&preference=${options.preference}&set=${options.set}`
  // The agent of a training that diverged is the one from before, and counts like any other.
  const own = await align(page, AGENT, settings, /^(Done|Diverged): /)
  const diverged = await page.getByRole('heading', { name: /^Diverged: / }).isVisible()
  const [times] = await runRecords(page)
  if (times === undefined) throw new Error('Found no record of the training')
  const counted = await evaluate(page, [AGENT, own], EPISODES, options.wanted)
  const [start = '', aligned = ''] = counted.map(
    ({ k, n, low, high }) =>
      `${((100 * k) / n).toFixed(1)} % (${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)})`,
  )
  await context.close()
  const { seconds, partSeconds: parts } = times
  const ending = diverged ? 'diverged' : 'last update'
  return { asked, ending, seconds, parts, ninety: secondsToNinety(times), start, aligned }
}

await withLabInChromium(async (browser, address, conditions) => {
  process.stdout.write(
    `${conditions}, ${options.labels} decisive labels, ${options.wanted} wanted, ${EPISODES} fresh episodes.\n\n| seed | pairs answered | ended | start | aligned | seconds | to 90 % | of which |\n| --: | --: | --- | --: | --: | --: | --: | --- |\n`,
  )
  for (const seed of options.seeds.split(',').map(Number)) {
    const timed = await once(browser, address, seed)
    const { asked, ending, start, aligned, seconds, parts, ninety } = timed
    const times = Object.entries(parts).map(([part, time]) => `${part} ${time.toFixed(0)}`)
    process.stdout.write(
      `| ${seed} | ${asked} | ${ending} | ${start} | ${aligned} | ${seconds.toFixed(0)} | ${ninety?.toFixed(0) ?? 'never'} | ${times.join(', ')} |\n`,
    )
  }
})
