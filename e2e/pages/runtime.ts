import { wrap } from 'comlink'
import type { Harness } from './runtime.worker.ts'

const worker = new Worker(new URL('./runtime.worker.ts', import.meta.url), { type: 'module' })

declare global {
  /** API that tests call through `page.evaluate`. */
  var harness: ReturnType<typeof wrap<Harness>>
}

globalThis.harness = wrap<Harness>(worker)
