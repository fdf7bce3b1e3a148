/**
 * Benchmark of alignment in a browser tab with one person's labels: a scripted judge labels pairs
 * by keyboard until 50 answers prefer one clip, all of which are used for training; then `small` is
 * aligned with the page's default settings and evaluated, in real Chromium on WebAssembly. Prints
 * Markdown for docs/methods/in-the-tab.md.
 *
 * Run with `npx tsx bench/align.ts` on an otherwise idle machine. `--set` changes settings, as
 * `#/train?set=` does.
 */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from '@playwright/test'
import { align, beginWith, evaluate, exportedLabels } from '../e2e/support/alignment.ts'
import { labelUntil } from '../e2e/support/scripted-judge.ts'
import { VIEWPORT, withoutWebGl } from '../e2e/support/watch.ts'
import { withLab } from './label/lab.ts'

const { values: options } = parseArgs({
  options: {
    set: { type: 'string', default: '' },
    preference: { type: 'string', default: 'yes' },
    labels: { type: 'string', default: '50' },
    seeds: { type: 'string', default: '3' },
    wanted: { type: 'string', default: 'left' },
  },
})

const AGENT = 'fine-tuned'
const EPISODES = 200

interface Timed {
  readonly asked: number
  readonly seconds: number
  readonly parts: Readonly<Record<string, number>>
  readonly start: string
  readonly aligned: string
}

/** Reads the training time from the run's record, in seconds: in total and per part. */
function timesOf(page: Page): Promise<{ seconds: number; partSeconds: Record<string, number> }> {
  return page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('jumppad')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const reading = opening.result.transaction('runs').objectStore('runs').getAll()
          reading.onerror = () => reject(reading.error)
          reading.onsuccess = () => {
            opening.result.close()
            resolve(reading.result[0])
          }
        }
      }),
  )
}

async function once(browser: Browser, address: string, seed: number): Promise<Timed> {
  const context = await browser.newContext({ baseURL: address, viewport: VIEWPORT })
  const page = await context.newPage()
  await page.addInitScript(withoutWebGl)
  await beginWith(page, AGENT, seed)
  const asked = await labelUntil(page, options.wanted, Number(options.labels))
  await exportedLabels(page, asked)
  const settings = `seed=${seed}&preference=${options.preference}&set=${options.set}`
  const own = await align(page, AGENT, settings)
  const { seconds, partSeconds } = await timesOf(page)
  const counted = await evaluate(page, [AGENT, own], EPISODES, options.wanted)
  const [start = '', aligned = ''] = counted.map(
    ({ k, n, low, high }) =>
      `${((100 * k) / n).toFixed(1)} % (${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)})`,
  )
  await context.close()
  return { asked, seconds, parts: partSeconds, start, aligned }
}

await withLab(async (address) => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    headless: false,
    args: ['--headless=new', '--no-sandbox'],
  })
  process.stdout.write(
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}, Chromium ${browser.version()}, WASM, ${options.labels} decisive labels, ${options.wanted} wanted, ${EPISODES} fresh episodes.\n\n| seed | pairs answered | start | aligned | seconds | of which |\n| --: | --: | --: | --: | --: | --- |\n`,
  )
  for (let seed = 1; seed <= Number(options.seeds); seed++) {
    const { asked, start, aligned, seconds, parts } = await once(browser, address, seed)
    const times = Object.entries(parts).map(([part, time]) => `${part} ${time.toFixed(0)}`)
    process.stdout.write(
      `| ${seed} | ${asked} | ${start} | ${aligned} | ${seconds.toFixed(0)} | ${times.join(', ')} |\n`,
    )
  }
  await browser.close()
})
