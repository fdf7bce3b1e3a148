/** The page itself, its scripts, styles and icons: kept as a whole when the worker is installed. */

import type { PrecacheEntry } from 'workbox-precaching/_types.js'
import { PrecacheController } from 'workbox-precaching/PrecacheController.js'
import { keepable } from './keepable.ts'

declare const self: ServiceWorkerGlobalScope
/** Filled in by the build: all files but models and what runs them. */
declare const SHELL_FILES: readonly PrecacheEntry[]

const PAGE = 'index.html'

/** One cache for all versions: files are named after their content, the page by its revision. */
const controller = new PrecacheController({
  cacheName: `jumppad-shell-${self.registration.scope}`,
  plugins: [keepable],
})
controller.addToCacheList([...SHELL_FILES])

/** Fails, and so leaves the version before in place, where one file is missing or is not this version's. */
export function installShell(event: ExtendableEvent): Promise<unknown> {
  return controller.install(event)
}

/** Whether an address is the lab itself, whatever its query says. */
export function isPage({ mode, url }: Request): boolean {
  const { origin, pathname } = new URL(url)
  const { scope } = self.registration
  return mode === 'navigate' && [scope, `${scope}${PAGE}`].includes(origin + pathname)
}

/** Whether this version has a file of that address. */
export function isOfShell(url: string): boolean {
  return controller.getCacheKeyForURL(url) !== undefined
}

/** What is kept of the shell for this request, or the network's answer where it was lost. */
export async function fromShell(event: FetchEvent): Promise<Response> {
  const { request } = event
  try {
    if (!isPage(request)) return await handle(request, event)
    return await handle(new Request(`${self.registration.scope}${PAGE}`), event)
  } catch {
    // Lost, and the site has another version by now.
    return fetch(request)
  }
}

/** Fetches what the browser has evicted; gives back the addresses of what could not be had. */
export async function repairShell(event: ExtendableEvent): Promise<string[]> {
  const missing: string[] = []
  for (const url of controller.getCachedURLs()) {
    if (await controller.matchPrecache(url)) continue
    await handle(new Request(url), event).catch(() => missing.push(url))
  }
  return missing
}

/** From the cache; else from the network, kept again if it is this version's. */
function handle(request: Request, event: ExtendableEvent): Promise<Response> {
  const cacheKey = controller.getCacheKeyForURL(request.url)
  const integrity = cacheKey && controller.getIntegrityForCacheKey(cacheKey)
  return controller.strategy.handle({ request, event, params: { cacheKey, integrity } })
}

/** A file of an earlier version, for a page that is still open since then. */
export async function fromEarlierShell(request: Request): Promise<Response | undefined> {
  const cache = await caches.open(controller.strategy.cacheName)
  return cache.match(request.url)
}

/** Deletes what only earlier versions need. */
export async function forgetEarlierShells(event: ExtendableEvent): Promise<void> {
  await controller.activate(event)
}
