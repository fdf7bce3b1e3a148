/** Kills a whole Chromium while somebody labels in it, and counts what is left on the disk. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import { labelSchema } from '../../src/alignment/labels/index.ts'
import type { RandomStream } from '../../src/island/index.ts'

/** Milliseconds from the first answer to the kill, at the most. */
const LONGEST_LIFE = 2_500

const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'] as const

export interface KillReport {
  /** Labels that the page had counted when it was last seen. */
  readonly acknowledged: number
  /** Labels it counts after it is opened again. */
  readonly counted: number
  /** Entries on the disk, and those of them that are not whole. */
  readonly entries: number
  readonly broken: number
}

export interface KillOptions {
  /** Address of the built lab. */
  readonly address: string
  /** An empty folder for the browser's profile. */
  readonly folder: string
  readonly kills: number
  readonly random: RandomStream
  onReport(report: KillReport): void
}

/** Labels, kills and opens again, as many times as asked, all in one profile. */
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
      // Begins the session that the next browser goes on with; where one was begun, nothing.
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

/** A Chromium that leads a process group of its own, which can be killed as one. */
async function launch(folder: string): Promise<Launched> {
  const portFile = join(folder, 'DevToolsActivePort')
  // What the killed one left behind.
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
    // It is dead already.
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

/** Answers as fast as the page takes it; gives the count that was last seen before the kill. */
async function labelUntilKilled(
  page: Page,
  process: ChildProcess,
  random: RandomStream,
): Promise<number> {
  let seen = await savedCount(page)
  const timer = setTimeout(() => killGroup(process), 100 + random.below(LONGEST_LIFE))
  try {
    for (;;) {
      await page.keyboard.press(random.pick(KEYS))
      if (random.chance(0.1)) await page.keyboard.press('Backspace')
      seen = await savedCount(page)
    }
  } catch {
    // The browser is gone, as it should be.
    return seen
  } finally {
    clearTimeout(timer)
  }
}

/** Reads the disk without the page's own code. */
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

/** Runs in the page. */
async function readDatabase() {
  // A method, as tsx gives named functions a helper that the page does not have.
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
