/** The training worker: learns beside the page, which so stays free to draw and to answer. */
import './without-eval.ts'
import { expose, transfer } from 'comlink'
import { LabDatabase } from '../storage/index.ts'
import { holdLifeline } from './lifeline.ts'
import { tellLoadedFiles } from './loaded-files.ts'
import { openTrainingDevice } from './training-device.ts'
import { createTrainingHost } from './training-host.ts'
import { ModelFinder } from './training-models.ts'
import type { TrainingNews, TrainingWorker } from './training-protocol.ts'

const clock = () => performance.now()
const database = new LabDatabase()
const host = createTrainingHost({
  database,
  findModels: (folder) => new ModelFinder(database, folder),
  openDevice: (choice, kind, policy) => openTrainingDevice(choice, kind, policy, clock),
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

expose(worker)
tellLoadedFiles()
holdLifeline()
