import type { Page, Worker } from '@playwright/test'

export interface Watched {
  /** URLs of requests to other origins, by pages, workers and service workers. */
  readonly elsewhere: string[]
  /** Policy violations by the page, uncaught page errors and console errors. */
  readonly violations: string[]
}

/** Records requests to other origins and violations by a page and its workers from now on. */
export async function follow(page: Page, origin: string): Promise<Watched> {
  const watched: Watched = { elsewhere: [], violations: [] }
  page.context().on('request', (request) => {
    const { origin: target, protocol } = new URL(request.url())
    // These never reach the network.
    if (protocol === 'blob:' || protocol === 'data:') return
    if (target !== origin) watched.elsewhere.push(request.url())
  })
  page.context().on('console', (message) => {
    // The site may have no results yet, which its pages report.
    if (message.type() !== 'error' || /status of 404/.test(message.text())) return
    watched.violations.push(message.text())
  })
  page.on('pageerror', (error) => watched.violations.push(error.message))
  await page.exposeFunction('tellViolation', (text: string) => watched.violations.push(text))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber } = event
      void Reflect.apply(Reflect.get(window, 'tellViolation'), window, [
        `${effectiveDirective} ${blockedURI} at ${sourceFile}:${lineNumber}`,
      ])
    })
  })
  return watched
}

/** Returns the policy violations of a page's workers and its service worker. */
export async function workersViolations(page: Page): Promise<string[]> {
  const all = [...page.workers(), ...page.context().serviceWorkers()]
  // onnxruntime's threads block while they wait for work and cannot answer; they all share one script.
  const workers = all.filter((worker) => !/\/ort[^/]*$/.test(worker.url()))
  // A worker may be terminated while it is being queried.
  const ask = (worker: Worker) => worker.evaluate(violations).catch(() => [])
  const found = await Promise.all(workers.map(ask))
  return found.flat()
}

/** Runs in the worker: returns its violations so far. */
function violations(): string[] {
  const types = ['csp-violation']
  const observer = new ReportingObserver(() => undefined, { buffered: true, types })
  // Earlier reports are queued as soon as the observer starts.
  observer.observe()
  const found = observer.takeRecords().map(({ body }) => JSON.stringify(body))
  observer.disconnect()
  return found
}
