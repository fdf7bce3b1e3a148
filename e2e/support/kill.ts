/** Kills the whole Chromium process group during labelling, and counts the labels that are left on disk. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import { labelSchema } from '../../src/alignment/labels/index.ts'
import type { RandomStream } from '../../src/island/index.ts'

/** Maximum milliseconds from the first saved answer to the kill, not counting a fixed 100. */
const LONGEST_LIFE = 2_500

const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const

export interface KillReport {
  /** Number of labels that the page last displayed before the kill. */
  readonly acknowledged: number
  /** Number of labels that the page displays after a restart. */
  readonly counted: number
  /** Number of entries on disk, and the number of incomplete ones among them. */
  readonly entries: number
  readonly broken: number
}

export interface KillOptions {
  /** Address of the built lab. */
  readonly address: string
  /** Empty folder for the browser's profile. */
  readonly folder: string
  readonly kills: number
  readonly random: RandomStream
  onReport(report: KillReport): void
}

/** Labels, kills and restarts the browser the given number of times, all with the same profile. */
export async function killAgainAndAgain(options: KillOptions): Promise<void> {
  const { address, folder, kills, random, onReport } = options
  let acknowledged = 0
  for (let kill = 0; kill <= kills; kill++) {
    const { browser, process } = await launch(folder)
    try {
      const page = await browser.contexts()[0]?.newPage()
      if (!page) throw new Error('Chromium has no page to label on')
      await page.goto(`${address}#/label?model=nano`)
      await page.getByRole('img', { name: 'Left clip' }).waitFor({ timeout: 120_000 })
      const counted = await savedCount(page)
      if (kill > 0) onReport({ acknowledged, counted, ...(await whatIsKept(page)) })
      // Begins a session, which the next browser resumes; has no effect if one has begun already.
      await page.keyboard.press('Enter')
      if (kill < kills) acknowledged = await labelUntilKilled(page, process, random)
    } finally {
      killGroup(process)
      await browser.close().catch(() => undefined)
    }
  }
}

interface Launched {
  readonly browser: Browser
  readonly process: ChildProcess
}

/**
 * Launches Chromium as the leader of its own process group, so that all its processes can be killed
 * at once.
 */
async function launch(folder: string): Promise<Launched> {
  const portFile = join(folder, 'DevToolsActivePort')
  // Files that the killed browser left behind.
  for (const name of [
    'DevToolsActivePort',
    'SingletonLock',
    'SingletonSocket',
    'SingletonCookie',
  ]) {
    await rm(join(folder, name), { force: true })
  }
  const child = spawn(
    process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    [
      '--headless=new',
      '--no-sandbox',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--remote-debugging-port=0',
      `--user-data-dir=${folder}`,
      'about:blank',
    ],
    { detached: true, stdio: 'ignore' },
  )
  for (let tries = 0; tries < 600; tries++) {
    const [port] = (await readFile(portFile, 'utf8').catch(() => '')).split('\n')
    if (port) {
      return { process: child, browser: await chromium.connectOverCDP(`http://127.0.0.1:${port}`) }
    }
    await sleep(100)
  }
  killGroup(child)
  throw new Error('Chromium did not open its port for debugging within a minute')
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The process is already dead.
  }
}

async function savedCount(page: Page): Promise<number> {
  const status = page.getByRole('status', { name: 'Saved labels' })
  for (;;) {
    const text = await status.textContent({ timeout: 120_000 })
    if (text !== null && /^\d+$/.test(text)) return Number(text)
    await sleep(20)
  }
}

/** Answers as fast as the page accepts until the browser is killed; returns the last count seen before. */
async function labelUntilKilled(
  page: Page,
  process: ChildProcess,
  random: RandomStream,
): Promise<number> {
  const life = 100 + random.below(LONGEST_LIFE)
  let seen = await savedCount(page)
  let timer: NodeJS.Timeout | undefined
  try {
    for (;;) {
      // Killed before its first label, a browser would have tested nothing.
      if (seen > 0) timer ??= setTimeout(() => killGroup(process), life)
      await page.keyboard.press(random.pick(KEYS))
      if (random.chance(0.1)) await page.keyboard.press('Backspace')
      seen = await savedCount(page)
    }
  } catch {
    // The browser has been killed, as expected.
    return seen
  } finally {
    clearTimeout(timer)
  }
}

/** Reads the database without the page's own code and checks its entries. */
async function whatIsKept(page: Page): Promise<{ entries: number; broken: number }> {
  const { labels, clips, sessions } = await page.evaluate(readDatabase)
  const ids = new Set<string>()
  const broken = labels.filter((found) => {
    const { success, data } = labelSchema.safeParse(found)
    if (!success) return true
    const isNew = !ids.has(data.id)
    ids.add(data.id)
    const corrects = data.corrects === undefined || ids.has(data.corrects)
    const held = [data.first, data.second].every((clip) => clips.includes(clip))
    return !(isNew && corrects && held && sessions.includes(data.session))
  })
  return { entries: labels.length, broken: broken.length }
}

/** Runs in the page: returns all labels, and the keys of all clips and sessions. */
async function readDatabase() {
  // A method, because tsx wraps named functions with a helper that does not exist in the page.
  const requests = {
    settled<T>(request: IDBRequest<T>): Promise<T> {
      return new Promise((done, fail) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => fail(request.error)
      })
    },
  }
  const database = await requests.settled(indexedDB.open('jumppad'))
  const transaction = database.transaction(['labels', 'clips', 'sessions'], 'readonly')
  const labels: unknown[] = await requests.settled(transaction.objectStore('labels').getAll())
  const clips = await requests.settled(transaction.objectStore('clips').getAllKeys())
  const sessions = await requests.settled(transaction.objectStore('sessions').getAllKeys())
  database.close()
  return { labels, clips, sessions }
}
