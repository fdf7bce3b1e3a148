/**
 * Benchmark of the methods that learn from the same labels, in a browser tab: a scripted judge labels
 * pairs by keyboard until the given number of answers prefer one clip, then a sweep on the Train page
 * trains `small` by each method with the page's default settings, in real Chromium on WebAssembly, and
 * the Evaluate page plays the agents. `--judge` has the Train page's synthetic judge answer that number of
 * pairs instead, for more labels than a desk is used for. Prints Markdown for docs/methods/in-the-tab.md.
 *
 * Run with `npx tsx bench/methods.ts` on an otherwise idle machine.
 */
import { parseArgs } from 'node:util'
import { type Browser, expect, type Page } from '@playwright/test'
import { beginWith, evaluate, exportedLabels } from '../e2e/support/alignment.ts'
import { labelUntil } from '../e2e/support/scripted-judge.ts'
import { VIEWPORT, withoutWebGl } from '../e2e/support/watch.ts'
import { withLabInChromium } from './label/lab.ts'
import { type RunRecord, runRecords } from './label/run-records.ts'

const { values: options } = parseArgs({
  options: {
    labels: { type: 'string', default: '25,50,100' },
    judge: { type: 'string', default: '' },
    methods: { type: 'string', default: 'align,contrastive,best-of-play' },
    seeds: { type: 'string', default: '1' },
    wanted: { type: 'string', default: 'left' },
  },
})

const AGENT = 'fine-tuned'
const EPISODES = 400

/** Curve that has the play of each method's agent at its last point. */
const PLAY: Readonly<Record<string, string>> = {
  align: 'reinforcement',
  contrastive: 'contrastivePlay',
  'best-of-play': 'bestOfPlayRounds',
}

/** Starts one run for each method at this address of the Train page; resolves to their records once all have ended. */
async function trained(page: Page, address: string): Promise<RunRecord[]> {
  const [method = '', ...also] = options.methods.split(',')
  await page.goto(
    `?device=wasm#/train?job=${method}&also=${also.join(',')}&model=${AGENT}&${address}`,
  )
  await page.getByRole('form', { name: 'New training' }).locator('button[type=submit]').click()
  const states = async () => (await runRecords(page)).map(({ state }) => state)
  const ended = (state: string) => ['done', 'diverged', 'failed'].includes(state)
  await expect
    .poll(async () => (await states()).filter(ended).length, {
      timeout: 3_600_000,
      intervals: [5_000],
    })
    .toBe(1 + also.length)
  return runRecords(page)
}

async function row(page: Page, run: RunRecord, words: string): Promise<string> {
  const { policy } = run.result ?? {}
  const [counted] =
    policy === undefined
      ? []
      : await evaluate(page, [`file-${policy.slice(0, 12)}`], EPISODES, options.wanted)
  const { k = Number.NaN, n = 1, low = Number.NaN, high = Number.NaN } = counted ?? {}
  const percent = (share: number) => (100 * share).toFixed(1)
  const kl = run.curves[PLAY[run.plan.kind] ?? '']?.at(-1)?.kl
  return `| ${words} | ${run.plan.kind} | ${run.state} | ${percent(k / n)} (${percent(low)}–${percent(high)}) | ${kl?.toFixed(0) ?? '–'} | ${run.seconds.toFixed(0)} |\n`
}

async function once(
  browser: Browser,
  address: string,
  seed: number,
  labels: number,
  judge: boolean,
) {
  const context = await browser.newContext({ baseURL: address, viewport: VIEWPORT })
  const page = await context.newPage()
  await page.addInitScript(withoutWebGl)
  let words = `${labels} pairs`
  let source = `labels=judge&comparisons=${labels}&wanted=${options.wanted}`
  if (!judge) {
    await beginWith(page, AGENT, seed)
    const asked = await labelUntil(page, options.wanted, labels)
    await exportedLabels(page, asked)
    words = `${labels} of ${asked}`
    source = 'labels=own'
  }
  const runs = await trained(page, `${source}&seed=${seed}`)
  for (const run of runs) process.stdout.write(await row(page, run, `${seed} | ${words}`))
  await context.close()
}

const numbers = (list: string) => list.split(',').filter(Boolean).map(Number)

await withLabInChromium(async (browser, address, conditions) => {
  process.stdout.write(
    `${conditions}, ${options.wanted} wanted, ${EPISODES} fresh episodes.\n\n| seed | answers that prefer a clip | method | ended | ${options.wanted}, % | KL, nats an episode | seconds |\n| --: | --: | --- | --- | --: | --: | --: |\n`,
  )
  for (const seed of numbers(options.seeds)) {
    for (const labels of numbers(options.labels)) await once(browser, address, seed, labels, false)
    for (const pairs of numbers(options.judge)) await once(browser, address, seed, pairs, true)
  }
})
