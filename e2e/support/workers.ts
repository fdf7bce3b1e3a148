import type { Page } from '@playwright/test'

/** Ends a worker from within, as the browser does when its memory runs out: without a word. */
export function endWorker(page: Page, name: string): void {
  // Those that the page ended a second ago are still listed.
  const workers = page.workers().filter((each) => each.url().includes(`${name}.worker`))
  if (workers.length === 0) throw new Error(`There is no ${name} worker to end.`)
  for (const worker of workers) {
    // It is gone before it can answer.
    void worker.evaluate(() => close()).catch(() => undefined)
  }
}
