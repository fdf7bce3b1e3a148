/**
 * Makes the lab work offline, and adds the headers that its host does not send. A new version takes over
 * at once, but an open page stays on its version until its next navigation and still gets the files it
 * was built with. See docs/decisions/offline.md.
 */
import '../lab/worker/without-eval.ts'
import { withMissingHeaders } from './headers.ts'
import { type CacheStatus, type Keep, keepSchema, WHICH_ENTRY } from './messages.ts'
import { fromModels, isKept, isOfModels, keptModels, nameOfModel } from './models.ts'
import { forgetEarlierRuntimes, fromRuntime, isRuntime, keptRuntimes } from './runtime.ts'
import {
  forgetEarlierShells,
  fromEarlierShell,
  fromShell,
  installShell,
  isOfShell,
  isPage,
  repairShell,
} from './shell.ts'

declare const self: ServiceWorkerGlobalScope

/** Timeout in milliseconds for a page's reply about its version; a suspended page does not reply. */
const PATIENCE = 2_000

self.addEventListener('install', (event) => {
  event.waitUntil(installShell(event).then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim().then(() => tidy(event)))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const ours = request.url.startsWith(self.registration.scope)
  if (!ours || request.method !== 'GET' || request.headers.has('Range')) return
  event.respondWith(respond(event).then(withMissingHeaders))
})

async function respond(event: FetchEvent): Promise<Response> {
  const { request } = event
  if (isPage(request) || isOfShell(request.url)) return fromShell(event)
  const keeping = keptAtFirstUse(request, event)
  if (!keeping) return (await fromEarlierShell(request)) ?? fetch(request)
  const [response, kept] = keeping
  // Even if storage is full the page gets its file; it asks later what could not be cached.
  event.waitUntil(kept.catch(() => undefined))
  return response
}

function keptAtFirstUse(
  request: Request,
  event: ExtendableEvent,
): [Promise<Response>, Promise<unknown>] | undefined {
  if (isRuntime(request.url)) return fromRuntime(request, event)
  if (isOfModels(request.url)) return fromModels(request)
  return undefined
}

self.addEventListener('message', (event) => {
  const keep = keepSchema.safeParse(event.data)
  if (!keep.success) return
  event.waitUntil(
    keepAll(keep.data, event)
      .then((kept) => event.ports[0]?.postMessage(kept))
      .then(() => tidy(event)),
  )
})

/** Repairs the shell and caches files that were loaded before this worker was in control. */
async function keepAll({ entry, files }: Keep, event: ExtendableEvent): Promise<CacheStatus> {
  const wanted = [...new Set(files)].filter((url) => isRuntime(url) || isOfModels(url))
  const missing = (await repairShell(event)).map(nameOf)
  for (const url of wanted) {
    if (!(await keepOne(url, event))) missing.push(nameOf(url))
  }
  return {
    current: isOfShell(entry),
    models: (await keptModels()).map(nameOfModel),
    runtime: (await keptRuntimes()).length > 0,
    missing,
  }
}

async function keepOne(url: string, event: ExtendableEvent): Promise<boolean> {
  const isThere = async () =>
    isRuntime(url) ? (await keptRuntimes()).includes(url) : await isKept(url)
  if (await isThere()) return true
  try {
    const request = new Request(url)
    await Promise.all(keptAtFirstUse(request, event) ?? [])
  } catch {
    return false
  }
  return isThere()
}

/** Deletes files of earlier versions, once every open page is known to run this one. */
async function tidy(event: ExtendableEvent): Promise<void> {
  const all = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const pages = all.filter(({ url }) => url.startsWith(self.registration.scope))
  const entries = await Promise.all(pages.map(entryOf))
  if (!entries.every((entry) => entry !== undefined && isOfShell(entry))) return
  await forgetEarlierShells(event)
  await forgetEarlierRuntimes()
}

function entryOf(page: Client): Promise<string | undefined> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }: MessageEvent<unknown>) =>
      resolve(typeof data === 'string' ? data : undefined)
    setTimeout(() => resolve(undefined), PATIENCE)
    page.postMessage(WHICH_ENTRY, [port2])
  })
}

function nameOf(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1)
}
