/** Casts of the landing page: recorded episodes, and the live agents once they have loaded. */

import { type ActingConnection, connectActingWorker } from '../../lab/acting/connect.ts'
import { recordedEpisodes } from '../../lab/acting/episode-sources.ts'
import type { OpenedModel } from '../../lab/acting/protocol.ts'
import { findModel } from '../../lab/models/find-model.ts'
import { Lane } from '../../lab/playback/lane.ts'
import { LaneGroup } from '../../lab/playback/lane-group.ts'
import type { DeviceChoice } from '../../lab/worker/choices.ts'
import { loadModels } from '../data/catalogue.ts'
import { hasRecordings, recordingsOf } from '../data/recordings.ts'
import { sourceOf } from '../data/site.ts'
import type { ShippedModel } from '../stores/landing.ts'
import { LoadingProgress } from './progress.ts'
import { type Runner, runners } from './runners.ts'

/** A lane group and the runners that show its lanes, in the same order. */
export interface Cast {
  readonly kind: 'recorded' | 'live'
  readonly laneGroup: LaneGroup
  readonly runners: readonly Runner[]
}

/** Returns a cast of recorded episodes, for the stages that have any. */
export function recordedCast(onError: (error: unknown) => void): Cast {
  const recorded = runners.filter(({ stage }) => hasRecordings(stage))
  const lanes = recorded.map(
    ({ stage }) => new Lane(recordedEpisodes(recordingsOf(stage)), onError),
  )
  return { kind: 'recorded', laneGroup: new LaneGroup(lanes), runners: recorded }
}

export interface LiveCast extends Cast {
  readonly models: Readonly<Record<string, ShippedModel>>
  readonly opened: OpenedModel
  readonly connection: ActingConnection
}

interface LiveCastOptions {
  readonly device: DeviceChoice
  /** Called with the loaded share of the agents and their runtime, 0…1. */
  onProgress(part: number): void
  /** Called with the list of models, before any of them has loaded. */
  onModels(models: Readonly<Record<string, ShippedModel>>): void
  /** Called with the worker's connection before its first request, so that it can be ended at any time. */
  onConnection(connection: ActingConnection): void
  /** Called when the cast can no longer play. */
  onError(error: unknown): void
}

/** Weights of the loading progress, relative to a model's file at 1: the runtime is several files of that size. */
const RUNTIME_WEIGHT = 3
const OPENING_WEIGHT = 0.5

/** Loads the agents, all into one worker. Rejects with a message for the visitor where none can play. */
export async function liveCast(options: LiveCastOptions): Promise<LiveCast> {
  const models = await shippedModels()
  options.onModels(models)
  const shown = runners.flatMap((runner) => {
    const model = models[runner.stage]
    return model ? [{ runner, entry: model.entry }] : []
  })
  const connection = connectActingWorker(options.onError)
  options.onConnection(connection)
  const progress = new LoadingProgress(options.onProgress)
  const runtime = progress.expect(RUNTIME_WEIGHT)
  const cast = shown.map(({ runner, entry }, number) => {
    const worker = connection.agent(number)
    return {
      runner,
      entry,
      worker,
      lane: new Lane(worker, options.onError),
      downloaded: progress.expect(1),
      ready: progress.expect(OPENING_WEIGHT),
    }
  })
  const opened = await Promise.all(
    cast.map(async ({ worker, entry, downloaded, ready }) => {
      const choice = { model: sourceOf(entry), device: options.device }
      const model = await worker.open(choice, downloaded)
      runtime(1)
      ready(1)
      return model
    }),
  )
  const [first] = opened
  if (!first) throw new Error('None of the models shown here are available on this site.')
  return {
    kind: 'live',
    laneGroup: new LaneGroup(cast.map(({ lane }) => lane)),
    runners: cast.map(({ runner }) => runner),
    models,
    opened: first,
    connection,
  }
}

/** Returns the models of the shown stages. The code that reads the list is not part of the first script. */
async function shippedModels(): Promise<Record<string, ShippedModel>> {
  const manifest = await loadModels()
  const { evaluationOf } = await import('../../procedure/manifest.ts')
  return Object.fromEntries(
    runners.flatMap(({ stage }) => {
      const entry = findModel(manifest, stage)
      return entry ? [[stage, { entry, evaluation: evaluationOf(entry) }] as const] : []
    }),
  )
}
