/** Files that workers have loaded: a page cannot see these, but has to cache them for offline use. */
import { z } from 'zod'

const CHANNEL = 'jumppad-loaded-files'

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ask') }),
  z.object({ kind: z.literal('loaded'), files: z.array(z.string()) }),
])
type Message = z.infer<typeof messageSchema>

/** Reports to pages what this worker loads and, on request, what it has loaded so far. */
export function tellLoadedFiles(): void {
  if (typeof BroadcastChannel === 'undefined' || typeof PerformanceObserver === 'undefined') return
  const channel = new BroadcastChannel(CHANNEL)
  const tell = (entries: readonly PerformanceEntry[]) =>
    post(channel, { kind: 'loaded', files: loadedFiles(entries) })
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (messageSchema.safeParse(data).data?.kind === 'ask') {
      tell(performance.getEntriesByType('resource'))
    }
  }
  new PerformanceObserver((list) => tell(list.getEntries())).observe({ type: 'resource' })
}

/** Returns the URLs of the resources that were loaded successfully. */
export function loadedFiles(entries: readonly PerformanceEntry[]): string[] {
  return entries
    .filter((entry) => entry instanceof PerformanceResourceTiming)
    .filter(({ responseStatus: status }) => status === undefined || (status > 0 && status < 400))
    .map(({ name }) => name)
}

/** Calls `onLoaded` on a page with what all workers of the lab have loaded, and load from now on. */
export function hearOfLoadedFiles(onLoaded: (files: readonly string[]) => void): void {
  if (typeof BroadcastChannel === 'undefined') return
  const channel = new BroadcastChannel(CHANNEL)
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = messageSchema.safeParse(data)
    if (message.data?.kind === 'loaded') onLoaded(message.data.files)
  }
  post(channel, { kind: 'ask' })
}

function post(channel: BroadcastChannel, message: Message): void {
  channel.postMessage(message)
}
