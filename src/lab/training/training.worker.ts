/** Training worker: trains off the main thread, so that the page stays responsive. */
import '../worker/without-eval.ts'
import { transfer } from 'comlink'
import { METHODS } from '../../procedure/training/index.ts'
import { LabDatabase } from '../../storage/index.ts'
import { PlayerPool, playerWorkers } from '../players/pool.ts'
import { serveWorker } from '../worker/serve.ts'
import { openTrainingDevice } from './device.ts'
import { createTrainingHost } from './host.ts'
import { ModelFinder } from './models.ts'
import type { TrainingNews, TrainingWorker } from './protocol.ts'

const clock = () => performance.now()
const database = new LabDatabase()
const workers = playerWorkers(navigator.hardwareConcurrency)
const host = createTrainingHost({
  database,
  ...(workers > 0 ? { players: new PlayerPool(workers) } : {}),
  findModels: (folder) => new ModelFinder(database, folder),
  openDevice: (choice, kind, policy) =>
    openTrainingDevice(choice, METHODS[kind].plays && workers === 0, policy, clock),
  clock,
  now: () => new Date(),
})

function handOver(news: TrainingNews): TrainingNews {
  return transfer(
    news,
    (news.paths ?? []).map(({ points }) => points.buffer),
  )
}

const worker: TrainingWorker = {
  ...host,
  train: (order, onNews) => host.train(order, (news) => onNews(handOver(news))),
}

serveWorker(worker)
