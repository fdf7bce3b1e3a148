/**
 * The folder `models`. Its lists change in place, so the network is asked first; a model is kept at
 * its first use under the SHA-256 that the list gives, and replaced when the list gives another.
 */
import { z } from 'zod'
import { withMissingHeaders } from './headers.ts'

declare const self: ServiceWorkerGlobalScope

const FOLDER = `${self.registration.scope}models/`
const LIST = `${FOLDER}manifest.json`
const MODELS = `jumppad-models-${self.registration.scope}`
const LISTS = `jumppad-lists-${self.registration.scope}`
const DIGEST = 'X-SHA-256'

/** How long the network may take where a list is kept, in milliseconds. */
const PATIENCE = 5_000

/** Revalidates: neither lists nor models have their content in their names. */
const fetchOptions = { cache: 'no-cache' } as const

const manifestSchema = z.array(z.object({ file: z.string(), sha256: z.string() }))

export function isOfModels(url: string): boolean {
  return url.startsWith(FOLDER)
}

export function nameOfModel(url: string): string {
  return url.slice(FOLDER.length)
}

/** A response, and what comes of keeping it. */
interface Answer {
  readonly response: Response
  readonly kept?: Promise<unknown>
}

/** The response, and a promise that is kept or broken as keeping it goes. */
export function fromModels(request: Request): [Promise<Response>, Promise<unknown>] {
  const { url } = request
  const answer = url.endsWith('.json') ? openList(url) : openModel(url)
  return [answer.then(({ response }) => response), answer.then(({ kept }) => kept)]
}

/** The network's list; the one that is kept where there is no network, or none that answers in time. */
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

/** The list is in its place before it is answered with, as requests for models look there. */
async function fetchList(url: string): Promise<Answer> {
  const response = await fetch(url, fetchOptions)
  if (!response.ok) return { response }
  const cache = await caches.open(LISTS)
  const kept = cache.put(url, response.clone())
  // Better none than one that no longer holds.
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

/** Keeps it if it is what the list says; what it is otherwise is the page's to tell. */
async function keepModel(url: string, response: Response, digest: string): Promise<void> {
  const bytes = await response.arrayBuffer()
  if ((await digestOf(bytes)) !== digest) return
  const headers = new Headers(response.headers)
  // The bytes are no longer compressed, and their number is known.
  headers.delete('Content-Encoding')
  headers.set('Content-Length', String(bytes.byteLength))
  headers.set(DIGEST, digest)
  const cache = await caches.open(MODELS)
  await cache.put(url, withMissingHeaders(new Response(bytes, { headers })))
}

/** After a new list: renews the models that are kept, and deletes those that are no longer in it. */
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

/** SHA-256 by address, of the list that was last seen. */
async function listedDigests(): Promise<ReadonlyMap<string, string>> {
  const response = await (await caches.open(LISTS)).match(LIST)
  const list = manifestSchema.safeParse(await response?.json().catch(() => undefined))
  return new Map((list.data ?? []).map(({ file, sha256 }) => [FOLDER + file, sha256]))
}

async function keptModel(url: string): Promise<Response | undefined> {
  return (await caches.open(MODELS)).match(url)
}

/** Addresses of the models that are kept as the list has them. */
export async function keptModels(): Promise<string[]> {
  const digests = await listedDigests()
  const cache = await caches.open(MODELS)
  const urls = (await cache.keys()).map(({ url }) => url)
  const kept = await Promise.all(
    urls.map(async (url) => (await keptModel(url))?.headers.get(DIGEST) === digests.get(url)),
  )
  return urls.filter((_, index) => kept[index])
}

/** Whether this file of the folder can be had without the network. */
export async function isKept(url: string): Promise<boolean> {
  if (url.endsWith('.json')) return (await (await caches.open(LISTS)).match(url)) !== undefined
  return (await keptModels()).includes(url)
}

async function digestOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
