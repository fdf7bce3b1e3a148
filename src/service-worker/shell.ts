/** Caching of the page, its scripts, styles and icons, all together when the worker is installed. */

import type { PrecacheEntry } from 'workbox-precaching/_types.js'
import { PrecacheController } from 'workbox-precaching/PrecacheController.js'
import { keepable } from './keepable.ts'

declare const self: ServiceWorkerGlobalScope
/** All files except models and onnxruntime's WASM files, filled in by the build. */
declare const SHELL_FILES: readonly PrecacheEntry[]

const PAGE = 'index.html'

/** Controller of one cache for all versions: files are keyed by content hash, the page by revision. */
const controller = new PrecacheController({
  cacheName: `jumppad-shell-${self.registration.scope}`,
  plugins: [keepable],
})
controller.addToCacheList([...SHELL_FILES])

/**
 * Caches all files. Rejects if any is missing or not of this version, which leaves the previous version
 * in place.
 */
export function installShell(event: ExtendableEvent): Promise<unknown> {
  return controller.install(event)
}

/** Returns whether a request is a navigation to the lab itself, with any query. */
export function isPage({ mode, url }: Request): boolean {
  const { origin, pathname } = new URL(url)
  const { scope } = self.registration
  return mode === 'navigate' && [scope, `${scope}${PAGE}`].includes(origin + pathname)
}

/** Returns whether this version has a file with that URL. */
export function isOfShell(url: string): boolean {
  return controller.getCacheKeyForURL(url) !== undefined
}

/** Returns the cached response for a request, or the network response if the cached one is lost. */
export async function fromShell(event: FetchEvent): Promise<Response> {
  const { request } = event
  try {
    if (!isPage(request)) return await handle(request, event)
    return await handle(new Request(`${self.registration.scope}${PAGE}`), event)
  } catch {
    // The file is lost, and the site has another version by now.
    return fetch(request)
  }
}

/** Fetches files that the browser has evicted; returns the URLs of those that could not be fetched. */
export async function repairShell(event: ExtendableEvent): Promise<string[]> {
  const missing: string[] = []
  for (const url of controller.getCachedURLs()) {
    if (await controller.matchPrecache(url)) continue
    await handle(new Request(url), event).catch(() => missing.push(url))
  }
  return missing
}

/** Responds from the cache, or else from the network, caching the file again if it is this version's. */
function handle(request: Request, event: ExtendableEvent): Promise<Response> {
  const cacheKey = controller.getCacheKeyForURL(request.url)
  const integrity = cacheKey && controller.getIntegrityForCacheKey(cacheKey)
  return controller.strategy.handle({ request, event, params: { cacheKey, integrity } })
}

/** Returns a cached file of an earlier version, for a page that has stayed open since then. */
export async function fromEarlierShell(request: Request): Promise<Response | undefined> {
  const cache = await caches.open(controller.strategy.cacheName)
  return cache.match(request.url)
}

/** Deletes files that only earlier versions need. */
export async function forgetEarlierShells(event: ExtendableEvent): Promise<void> {
  await controller.activate(event)
}
