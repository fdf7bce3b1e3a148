import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type LaunchOptions } from '@playwright/test'
import { VIEWPORT, withoutWebGl } from './watch.ts'

/** A browser of its own that keeps what it is given on the disk, as a visitor's does. */
export interface Visitor {
  readonly context: BrowserContext
  /** Closes the browser and deletes what it kept. */
  leave(): Promise<void>
}

/**
 * Starts a visitor's browser, without WebGL to spare the processor. Playwright's own contexts are
 * incognito windows, which keep everything in memory: too little like a visitor's for tests of what is
 * kept for offline use.
 */
export async function visit(launchOptions: LaunchOptions): Promise<Visitor> {
  const folder = await mkdtemp(join(tmpdir(), 'jumppad-visitor-'))
  const context = await chromium.launchPersistentContext(folder, {
    ...launchOptions,
    headless: false,
    viewport: VIEWPORT,
  })
  await context.addInitScript(withoutWebGl)
  return {
    context,
    async leave() {
      await context.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
