/**
 * Caching of the folder `models`. Its lists change in place and are fetched network-first. A model is
 * cached at its first use with the SHA-256 from the list, and replaced when the list has another.
 */
import { z } from 'zod'
import { withMissingHeaders } from './headers.ts'

declare const self: ServiceWorkerGlobalScope

const FOLDER = `${self.registration.scope}models/`
const LIST = `${FOLDER}manifest.json`
const MODELS = `jumppad-models-${self.registration.scope}`
const LISTS = `jumppad-lists-${self.registration.scope}`
const DIGEST = 'X-SHA-256'

/** Network timeout in milliseconds, after which a cached list is used. */
const PATIENCE = 5_000

/** Options that force revalidation, because names of lists and models are not content hashes. */
const fetchOptions = { cache: 'no-cache' } as const

const manifestSchema = z.array(z.object({ file: z.string(), sha256: z.string() }))

export function isOfModels(url: string): boolean {
  return url.startsWith(FOLDER)
}

export function nameOfModel(url: string): string {
  return url.slice(FOLDER.length)
}

/** A response, and a promise for caching it, if it is to be cached. */
interface Answer {
  readonly response: Response
  readonly kept?: Promise<unknown>
}

/** Returns the response, and a promise that settles once it is cached and rejects if that fails. */
export function fromModels(request: Request): [Promise<Response>, Promise<unknown>] {
  const { url } = request
  const answer = url.endsWith('.json') ? openList(url) : openModel(url)
  return [answer.then(({ response }) => response), answer.then(({ kept }) => kept)]
}

/**
 * Fetches a list. Falls back to the cached copy if the network fails, answers with a server error or
 * takes longer than `PATIENCE`.
 */
async function openList(url: string): Promise<Answer> {
  const known = await (await caches.open(LISTS)).match(url)
  const network = fetchList(url)
  if (!known) return network
  const sound = network.then((answer) =>
    answer.response.status < 500 ? answer : { response: known },
  )
  const late = new Promise<Answer>((resolve) => {
    const answerLate = () => ({ response: known, kept: network.then(({ kept }) => kept) })
    setTimeout(() => resolve(answerLate()), PATIENCE)
  })
  return Promise.race([sound, late]).catch(() => ({ response: known }))
}

/** Fetches a list and caches it before returning, because model requests read the cached list. */
async function fetchList(url: string): Promise<Answer> {
  const response = await fetch(url, fetchOptions)
  if (!response.ok) return { response }
  const cache = await caches.open(LISTS)
  const kept = cache.put(url, response.clone())
  // If caching fails, the previous copy is deleted, because it is outdated.
  await kept.catch(() => cache.delete(url))
  return { response, kept: url === LIST ? kept.then(followList) : kept }
}

async function openModel(url: string): Promise<Answer> {
  const digest = (await listedDigests()).get(url)
  const known = digest && (await keptModel(url))
  if (known && known.headers.get(DIGEST) === digest) return { response: known }
  const response = await fetch(url, fetchOptions)
  if (!response.ok || !digest) return { response }
  return { response, kept: keepModel(url, response.clone(), digest) }
}

/** Caches a model if its SHA-256 is the listed one; the page reports any other content. */
async function keepModel(url: string, response: Response, digest: string): Promise<void> {
  const bytes = await response.arrayBuffer()
  if ((await digestOf(bytes)) !== digest) return
  const headers = new Headers(response.headers)
  // The bytes are already decompressed, and their number is known.
  headers.delete('Content-Encoding')
  headers.set('Content-Length', String(bytes.byteLength))
  headers.set(DIGEST, digest)
  const cache = await caches.open(MODELS)
  await cache.put(url, withMissingHeaders(new Response(bytes, { headers })))
}

/** Applies a new list: updates cached models and deletes unlisted ones, unless the list is empty. */
async function followList(): Promise<void> {
  const digests = await listedDigests()
  if (digests.size === 0) return
  const cache = await caches.open(MODELS)
  for (const { url } of await cache.keys()) {
    const digest = digests.get(url)
    if (digest === undefined) await cache.delete(url)
    else if ((await keptModel(url))?.headers.get(DIGEST) !== digest) {
      const response = await fetch(url, fetchOptions)
      if (response.ok) await keepModel(url, response, digest)
    }
  }
}

/** Returns SHA-256 digests by URL from the cached list; empty if it is missing or invalid. */
async function listedDigests(): Promise<ReadonlyMap<string, string>> {
  const response = await (await caches.open(LISTS)).match(LIST)
  const list = manifestSchema.safeParse(await response?.json().catch(() => undefined))
  return new Map((list.data ?? []).map(({ file, sha256 }) => [FOLDER + file, sha256]))
}

async function keptModel(url: string): Promise<Response | undefined> {
  return (await caches.open(MODELS)).match(url)
}

/** Returns the URLs of the cached models whose digests match the list. */
export async function keptModels(): Promise<string[]> {
  const digests = await listedDigests()
  const cache = await caches.open(MODELS)
  const urls = (await cache.keys()).map(({ url }) => url)
  const kept = await Promise.all(
    urls.map(async (url) => (await keptModel(url))?.headers.get(DIGEST) === digests.get(url)),
  )
  return urls.filter((_, index) => kept[index])
}

/** Returns whether a file of the folder is available offline. */
export async function isKept(url: string): Promise<boolean> {
  if (url.endsWith('.json')) return (await (await caches.open(LISTS)).match(url)) !== undefined
  return (await keptModels()).includes(url)
}

async function digestOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
