/**
 * Benchmark of the scene's cost on the main thread: milliseconds of script per displayed frame
 * (everything that runs in animation frames, including WebGL calls), draw calls and triangles, at
 * the highest quality, for one view and for four. Prints Markdown for docs/benchmarks.md.
 *
 * Run with `npx tsx bench/scene.ts`. Script is timed twice: with draw calls stubbed out, which is
 * its cost on a machine with a GPU, and unmodified, where the difference is time spent waiting for
 * the software renderer.
 */
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { countDrawing } from '../e2e/support/watch.ts'
import { withBrowser } from './training/browser.ts'

const CONFIG = join(import.meta.dirname, '../e2e/pages/vite.config.ts')
const FRAMES = 120

/** Number of frames when the CPU renders them, which is slower. */
const DRAWN_FRAMES = 30

/**
 * Island with the densest vegetation of the first 3,000. The viewport is small because the cost of
 * pixels is on the GPU.
 */
const SEED = 135
const VIEWPORT = { width: 480, height: 300 }

const CASES = [
  { views: 1, camera: 'chase' },
  { views: 1, camera: 'orbit' },
  { views: 4, camera: 'chase' },
  { views: 4, camera: 'orbit' },
] as const

declare global {
  interface Window {
    /** Milliseconds of script in each frame so far. */
    frameTimes: number[]
  }
}

/** Runs in the page: sums the time of all callbacks in each frame. */
function timeFrames(): void {
  window.frameTimes = []
  const original = window.requestAnimationFrame.bind(window)
  let frame = { at: -1, index: -1 }
  window.requestAnimationFrame = (callback) =>
    original((now) => {
      if (now !== frame.at) frame = { at: now, index: window.frameTimes.push(0) - 1 }
      const before = performance.now()
      callback(now)
      const spent = performance.now() - before
      window.frameTimes[frame.index] = (window.frameTimes[frame.index] ?? 0) + spent
    })
}

/** Runs in the page: stubs out draw calls, so that nothing reaches the GPU. */
function withoutDrawing(): void {
  const gl = WebGL2RenderingContext.prototype
  gl.drawArrays = () => undefined
  gl.drawElements = () => undefined
  gl.drawArraysInstanced = () => undefined
  gl.drawElementsInstanced = () => undefined
}

/** Returns milliseconds of script per frame, without the first 12 frames, in which shaders are compiled. */
async function frameTimes(page: Page, address: string, frames: number): Promise<number[]> {
  await page.goto(address)
  const warmUp = 12
  await page.waitForFunction((count) => window.frameTimes.length > count, frames + warmUp, {
    timeout: 240_000,
    polling: 500,
  })
  return (await page.evaluate(() => window.frameTimes)).slice(warmUp, warmUp + frames)
}

function quantile(values: readonly number[], share: number): string {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(2)
}

interface Cost {
  /** Milliseconds of script in each frame. */
  readonly times: number[]
  readonly most: Window['mostDrawn'] | undefined
}

async function measure(
  browser: Browser,
  address: string,
  frames: number,
  prepare: () => void,
): Promise<Cost> {
  const page = await browser.newPage({ viewport: VIEWPORT })
  // The compiler of this file names functions with a helper that does not exist in the page.
  await page.addInitScript('window.__name = (named) => named')
  await page.addInitScript(timeFrames)
  await page.addInitScript(prepare)
  const times = await frameTimes(page, address, frames)
  const most = await page.evaluate((): Cost['most'] => window.mostDrawn)
  await page.close()
  return { times, most }
}

const lines = await withBrowser(CONFIG, async (browser, root) => {
  const rows: string[] = []
  for (const { views, camera } of CASES) {
    const address = `${root}scene.html?quality=high&seed=${SEED}&views=${views}&camera=${camera}`
    const dry = await measure(browser, address, FRAMES, withoutDrawing)
    const drawn = await measure(browser, address, DRAWN_FRAMES, countDrawing)
    const cells = [
      views,
      camera,
      quantile(dry.times, 0.5),
      quantile(dry.times, 0.9),
      quantile(drawn.times, 0.5),
      drawn.most?.calls,
      Math.round(drawn.most?.triangles ?? Number.NaN),
    ]
    rows.push(`| ${cells.join(' | ')} |`)
  }
  return [
    `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}, Chromium ${browser.version()} rendering on the CPU.`,
    '',
    '| views | camera | median ms of script | 90 % below | median with drawing | most draw calls | most triangles |',
    '|---:|---|---:|---:|---:|---:|---:|',
    ...rows,
  ]
})
process.stdout.write(`${lines.join('\n')}\n`)
