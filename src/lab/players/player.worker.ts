/** Worker that plays episodes for a training, one of several that play at the same time. */
import '../worker/without-eval.ts'
import { transfer } from 'comlink'
import { createWasmDevice } from '../../runtime-web/index.ts'
import { serveWorker } from '../worker/serve.ts'
import { createPlayerHost, type PlayerWorker } from './host.ts'

// One thread each: the graph of a decision is too small to gain from more (docs/benchmarks.md).
const host = createPlayerHost(() => createWasmDevice({ threads: 1 }))

const worker: PlayerWorker = {
  ...host,
  async play(theta, order) {
    const episodes = await host.play(theta, order)
    return transfer(
      episodes,
      episodes.flatMap(({ frames, stream, logits }) =>
        [frames, stream, logits].flatMap((data) => data?.buffer ?? []),
      ),
    )
  },
}

serveWorker(worker)
