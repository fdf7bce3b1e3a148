import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type LaunchOptions } from '@playwright/test'
import { VIEWPORT, withoutWebGl } from './watch.ts'

/** Separate browser with a profile on disk, like a regular visitor's. */
export interface Visitor {
  readonly context: BrowserContext
  /** Closes the browser and deletes its profile. */
  leave(): Promise<void>
}

/**
 * Launches a visitor's browser, without WebGL to reduce CPU load. Playwright's own contexts are
 * incognito windows, which keep all storage in memory and so are unsuitable for tests of offline
 * storage.
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
