/** Registers the service worker, asks it to cache what this page uses, and shows what is cached. */

import { hearOfLoadedFiles, loadedFiles } from '../../lab/worker/loaded-files.ts'
import {
  type CacheStatus,
  type Keep,
  keptSchema,
  WHICH_ENTRY,
} from '../../service-worker/messages.ts'
import { useCatalogue } from '../data/catalogue.ts'
import { problemOf } from '../sentences.ts'
import { isPlaying, useEvaluate } from '../stores/evaluate.ts'
import { useLanding } from '../stores/landing.ts'
import { useOffline } from '../stores/offline.ts'
import { useRoute } from '../stores/route.ts'
import { useWatch } from '../stores/watch.ts'

/** Milliseconds between the last new file and the request, as files are loaded in bursts. */
const PAUSE = 500

/** Minimum milliseconds between two checks for a new version: a tab may stay open for days. */
const UPDATE_EVERY = 3_600_000

/** Registers the service worker and starts caching; to be called once per page. */
export async function keep(): Promise<void> {
  navigator.serviceWorker.addEventListener('message', tellEntry)
  try {
    const address = new URL(`${import.meta.env.BASE_URL}service-worker.js`, location.href)
    const registration = await navigator.serviceWorker.register(address, { updateViaCache: 'none' })
    watchInstallation(registration)
    lookForUpdates(registration)
    new Keeper(registration)
  } catch (error) {
    useOffline.setState({
      problem: `This browser did not allow the lab to save its files (${problemOf(error)}): allow it to store data for this site, then reload the page.`,
    })
  }
}

/** Returns the URL of the page's entry script, whose name identifies its version. */
function entry(): string {
  return document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.src ?? ''
}

function tellEntry({ data, ports }: MessageEvent<unknown>): void {
  if (data === WHICH_ENTRY) ports[0]?.postMessage(entry())
}

function watchInstallation(registration: ServiceWorkerRegistration): void {
  const { installing, active } = registration
  if (active) return
  installing?.addEventListener('statechange', () => {
    if (installing.state !== 'redundant' || registration.active) return
    useOffline.setState({
      problem:
        'Some files of the lab could not be loaded or saved: check your connection and the free space on this device, then reload the page.',
    })
  })
}

function lookForUpdates(registration: ServiceWorkerRegistration): void {
  let looked = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - looked < UPDATE_EVERY) return
    looked = Date.now()
    // Rejects without a network.
    registration.update().catch(() => undefined)
  })
}

/** Asks the service worker to cache what the page and its workers have loaded, whenever that grows. */
class Keeper {
  readonly #registration: ServiceWorkerRegistration
  readonly #files = new Set<string>()
  #timer = 0

  constructor(registration: ServiceWorkerRegistration) {
    this.#registration = registration
    const add = (files: readonly string[]) => {
      for (const file of files) this.#files.add(file)
      this.#askSoon()
    }
    hearOfLoadedFiles(add)
    new PerformanceObserver((list) => add(loadedFiles(list.getEntries()))).observe({
      type: 'resource',
      buffered: true,
    })
    navigator.serviceWorker.addEventListener('controllerchange', () => this.#askSoon())
    useLanding.subscribe(({ loading }, before) => {
      if (loading !== before.loading) this.#askSoon()
    })
    useWatch.subscribe(({ status }, before) => {
      if (status !== before.status) this.#askSoon()
    })
    useEvaluate.subscribe(({ evaluation }, before) => {
      if (evaluation?.phase !== before.evaluation?.phase) this.#askSoon()
    })
  }

  #askSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#ask(), PAUSE)
  }

  #ask(): void {
    const worker = this.#registration.active
    // Once active, the worker takes control of this page, and `controllerchange` asks again.
    if (!worker) return
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      const kept = keptSchema.safeParse(data)
      if (kept.success) show(kept.data)
    }
    const message: Keep = { kind: 'keep', entry: entry(), files: [...this.#files] }
    worker.postMessage(message, [port2])
  }
}

function show({ current, models, runtime, missing }: CacheStatus): void {
  useOffline.setState({ update: !current, models: models.length })
  if (missing.length > 0) {
    const files = missing.length === 1 ? missing[0] : `${missing.length} files`
    useOffline.setState({
      problem: `${files} could not be saved for offline use: check your connection and the free space on this device, then reload the page.`,
    })
    return
  }
  if (stillLoads()) return
  const ready = runtime && models.length > 0 ? 'agents' : 'pages'
  useOffline.setState({ ready, problem: undefined })
}

/** Returns whether this page is still loading or evaluating agents. */
function stillLoads(): boolean {
  const landing = useLanding.getState()
  const watch = useWatch.getState()
  // Other pages read the same list of models without opening any.
  const isHere = useRoute.getState().page === 'watch'
  const watches =
    isHere && useCatalogue.getState().models !== undefined && watch.status === 'loading'
  return landing.loading !== undefined || watches || isPlaying(useEvaluate.getState().evaluation)
}
