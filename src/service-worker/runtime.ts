/**
 * Caching of onnxruntime's WASM files, each at its first use: a device without a usable GPU never needs
 * the WebGPU build.
 */
import { CacheFirst } from 'workbox-strategies/CacheFirst.js'
import { keepable } from './keepable.ts'

declare const self: ServiceWorkerGlobalScope
/** URLs relative to the worker's own, filled in by the build. */
declare const RUNTIME_FILES: readonly string[]

const NAME = `jumppad-runtime-${self.registration.scope}`
const addresses = new Set(RUNTIME_FILES.map((file) => new URL(file, self.location.href).href))
const strategy = new CacheFirst({ cacheName: NAME, plugins: [keepable] })

export function isRuntime(url: string): boolean {
  return addresses.has(url)
}

/** Returns the response, and a promise that settles once it is cached and rejects if that fails. */
export function fromRuntime(
  request: Request,
  event: ExtendableEvent,
): [Promise<Response>, Promise<unknown>] {
  return strategy.handleAll({ request, event })
}

export async function keptRuntimes(): Promise<string[]> {
  const cache = await caches.open(NAME)
  return (await cache.keys()).map(({ url }) => url).filter(isRuntime)
}

/** Deletes files that only earlier versions need. */
export async function forgetEarlierRuntimes(): Promise<void> {
  const cache = await caches.open(NAME)
  const keys = await cache.keys()
  await Promise.all(keys.filter(({ url }) => !isRuntime(url)).map((key) => cache.delete(key)))
}
