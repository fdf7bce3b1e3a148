import { wrap } from 'comlink'
import type { JaxBench } from './jax.worker.ts'
import type { OurBench } from './ours.worker.ts'

const ours = new Worker(new URL('./ours.worker.ts', import.meta.url), { type: 'module' })
const jax = new Worker(new URL('./jax.worker.ts', import.meta.url), { type: 'module' })

declare global {
  /** API that the benchmark calls through `page.evaluate`. */
  var bench: ReturnType<typeof both>
}

function both() {
  return { ours: wrap<OurBench>(ours), jax: wrap<JaxBench>(jax) }
}

globalThis.bench = both()
