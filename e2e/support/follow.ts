import type { Page, Worker } from '@playwright/test'

export interface Watched {
  /** Requests to anywhere else, by pages, workers and service workers. */
  readonly elsewhere: string[]
  /** What the policy forbade the page, and errors on the console. */
  readonly violations: string[]
}

/** Follows all that a page and its workers do from now on. */
export async function follow(page: Page, origin: string): Promise<Watched> {
  const watched: Watched = { elsewhere: [], violations: [] }
  page.context().on('request', (request) => {
    const { origin: target, protocol } = new URL(request.url())
    // Those never reach a network.
    if (protocol === 'blob:' || protocol === 'data:') return
    if (target !== origin) watched.elsewhere.push(request.url())
  })
  page.context().on('console', (message) => {
    // The site may have no results yet; its pages tell.
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

/** What the policy has forbidden the workers of a page, and its service worker. */
export async function workersViolations(page: Page): Promise<string[]> {
  const all = [...page.workers(), ...page.context().serviceWorkers()]
  // onnxruntime's threads wait for work without ever coming back to ask; they share its one script.
  const workers = all.filter((worker) => !/\/ort[^/]*$/.test(worker.url()))
  // A worker that ends while it is asked has nothing more to say.
  const ask = (worker: Worker) => worker.evaluate(violations).catch(() => [])
  const found = await Promise.all(workers.map(ask))
  return found.flat()
}

/** Runs in the worker: its violations so far. */
function violations(): string[] {
  const types = ['csp-violation']
  const observer = new ReportingObserver(() => undefined, { buffered: true, types })
  // What was reported before is in the observer's queue as soon as it observes.
  observer.observe()
  const found = observer.takeRecords().map(({ body }) => JSON.stringify(body))
  observer.disconnect()
  return found
}
