/**
 * Benchmark of the labelling desk in a real browser: latency from a key press to the first frame of
 * the next pair, and to the commit of the answer. Prints Markdown for docs/benchmarks.md.
 *
 * Run with `npx tsx bench/label.ts` on an otherwise idle machine. `-- behind` measures with the
 * camera of that name.
 */
import { cpus } from 'node:os'
import { chromium, type Page } from 'playwright'
import { RandomStream, rootKey } from '../src/island/index.ts'
import { withLab } from './label/lab.ts'

const ANSWERS = 200
const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const
const CAMERAS = { behind: 'Behind', above: 'Above', map: 'Map' } as const

/** Latency target at the 95th percentile, in milliseconds. */
const MOST_MS = 50

interface Mark {
  readonly name: string
  readonly at: number
  readonly label: string | null
}

function marksOf(page: Page): Promise<Mark[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('mark')
      .filter((entry) => entry instanceof PerformanceMark)
      .map(({ name, startTime: at, detail }) => ({ name, at, label: detail })),
  )
}

function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN
}

/**
 * Returns the milliseconds from each answer to the first later mark with that name, and with the
 * same label if the mark has one.
 */
function delays(marks: readonly Mark[], name: string): number[] {
  const later = marks.filter((mark) => mark.name === name)
  return marks
    .filter((mark) => mark.name === 'label: answered')
    .flatMap(({ at, label }) => {
      const found = later.find((mark) => mark.at >= at && (mark.label ?? label) === label)
      return found ? [found.at - at] : []
    })
}

function row(what: string, numbers: readonly number[]): string {
  const columns = [0.5, 0.95, 0.99].map((part) => quantile(numbers, part).toFixed(1))
  return `| ${what} | ${columns.join(' | ')} | ${numbers.length} |`
}

async function label(address: string, camera: keyof typeof CAMERAS): Promise<string[]> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    headless: false,
    args: ['--headless=new', '--no-sandbox', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    // The smallest agent suffices: the latency does not depend on which agent made the clips.
    await page.goto(`${address}#/label?model=nano`)
    await page.getByRole('img', { name: 'Left clip' }).waitFor({ timeout: 120_000 })
    await page.getByRole('button', { name: `Camera: ${CAMERAS[camera].toLowerCase()}` }).click()
    await page.keyboard.press('Enter')
    // Clips are generated in the first seconds of the first session, which are not part of the measurement.
    await page.waitForFunction(poolIsComplete, undefined, { timeout: 300_000, polling: 1_000 })
    const random = new RandomStream(rootKey(1))
    for (let n = 0; n < ANSWERS; n++) {
      await page.waitForTimeout(150 + random.below(400))
      await page.keyboard.press(random.pick(KEYS))
    }
    await page.waitForTimeout(3_000)
    const marks = await marksOf(page)
    const frames = delays(marks, 'label: first frame')
    const verdict = quantile(frames, 0.95) <= MOST_MS ? 'kept' : 'NOT kept'
    return [
      `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}, Chromium ${browser.version()}, 1440 × 900, camera “${camera}”: ${MOST_MS} ms at the 95th percentile are ${verdict}.`,
      '',
      '| from the key press to | median ms | 95 % | 99 % | answers |',
      '|---|---:|---:|---:|---:|',
      row('the next pair’s first frame', frames),
      row('the commit of the answer', delays(marks, 'label: saved')),
    ]
  } finally {
    await browser.close()
  }
}

/** Runs in the page: whether all clips of the pool are stored. */
async function poolIsComplete(): Promise<boolean> {
  const database = await new Promise<IDBDatabase>((done, fail) => {
    const opening = indexedDB.open('jumppad')
    opening.onsuccess = () => done(opening.result)
    opening.onerror = () => fail(opening.error)
  })
  const count = await new Promise<number>((done, fail) => {
    const counting = database.transaction('clips').objectStore('clips').count()
    counting.onsuccess = () => done(counting.result)
    counting.onerror = () => fail(counting.error)
  })
  database.close()
  return count >= 200
}

const wanted = process.argv.at(-1)
const camera = wanted === 'behind' || wanted === 'above' ? wanted : 'map'
const lines = await withLab((address) => label(address, camera))
process.stdout.write(`${lines.join('\n')}\n`)
