import type { Page } from '@playwright/test'

/** Ends a worker from within, as the browser does when its memory runs out: without a word. */
export function endWorker(page: Page, name: string): void {
  const worker = page.workers().find((each) => each.url().includes(`${name}.worker`))
  if (!worker) throw new Error(`There is no ${name} worker to end.`)
  // It is gone before it can answer.
  void worker.evaluate(() => close()).catch(() => undefined)
}
