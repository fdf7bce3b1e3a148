import { expect, type Page } from '@playwright/test'

/** Terminates a worker from within, as the browser does when memory runs out: without an event. */
export async function endWorker(page: Page, name: string): Promise<void> {
  // Workers that the page has just terminated may still be listed.
  const workers = () => page.workers().filter((each) => each.url().includes(`${name}.worker`))
  await expect.poll(() => workers().length).toBeGreaterThan(0)
  for (const worker of workers()) {
    // The worker terminates before it can reply.
    void worker.evaluate(() => close()).catch(() => undefined)
  }
}
