import { expect, type Page } from '@playwright/test'

/** Ends a worker from within, as the browser does when its memory runs out: without a word. */
export async function endWorker(page: Page, name: string): Promise<void> {
  // Workers that the page ended a second ago are still listed.
  const workers = () => page.workers().filter((each) => each.url().includes(`${name}.worker`))
  await expect.poll(() => workers().length).toBeGreaterThan(0)
  for (const worker of workers()) {
    // It is gone before it can answer.
    void worker.evaluate(() => close()).catch(() => undefined)
  }
}
