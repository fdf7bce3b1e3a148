/** Who can play on the landing page: what was recorded, and the agents themselves once they are here. */
import { type ActingConnection, connectActingWorker } from '../../lab/connect.ts'
import { Ensemble } from '../../lab/ensemble.ts'
import { Lane } from '../../lab/lane.ts'
import { findModel } from '../../lab/models.ts'
import type { DeviceChoice, OpenedModel } from '../../lab/protocol.ts'
import { recordedAgent } from '../../lab/recorded-agent.ts'
import { loadManifest, sourceOf } from '../site.ts'
import type { ShippedModel } from '../stores/landing.ts'
import { Progress } from './progress.ts'
import { hasRecordings, recordingsOf } from './recordings.ts'
import { type Runner, runners } from './runners.ts'

/** Players and the runners that show them, in the same order. */
export interface Cast {
  readonly kind: 'recorded' | 'live'
  readonly ensemble: Ensemble
  readonly runners: readonly Runner[]
}

/** What was recorded of each stage, as far as it was. */
export function recordedCast(onError: (error: unknown) => void): Cast {
  const recorded = runners.filter(({ stage }) => hasRecordings(stage))
  const lanes = recorded.map(({ stage }) => new Lane(recordedAgent(recordingsOf(stage)), onError))
  return { kind: 'recorded', ensemble: new Ensemble(lanes), runners: recorded }
}

export interface LiveCast extends Cast {
  readonly models: Readonly<Record<string, ShippedModel>>
  readonly opened: OpenedModel
  readonly connection: ActingConnection
}

interface LiveCastOptions {
  readonly device: DeviceChoice
  /** How much of the agents and what runs them has come, 0…1. */
  onProgress(part: number): void
  /** The list of models has come, before any of them. */
  onModels(models: Readonly<Record<string, ShippedModel>>): void
  /** Hears of the worker before it is asked for anything, so that it can be ended at any time. */
  onConnection(connection: ActingConnection): void
  /** The cast can no longer play. */
  onError(error: unknown): void
}

/** How long each is to be waited for, one model's file being 1: the runtime is several files of that size. */
const RUNTIME_WEIGHT = 3
const OPENING_WEIGHT = 0.5

/** Brings the agents here, all into one worker; throws a sentence where none can play. */
export async function liveCast(options: LiveCastOptions): Promise<LiveCast> {
  const models = await shippedModels()
  options.onModels(models)
  const shown = runners.flatMap((runner) => {
    const model = models[runner.stage]
    return model ? [{ runner, entry: model.entry }] : []
  })
  const connection = connectActingWorker(options.onError)
  options.onConnection(connection)
  const progress = new Progress(options.onProgress)
  const runtime = progress.expect(RUNTIME_WEIGHT)
  const cast = shown.map(({ runner, entry }, number) => ({
    runner,
    entry,
    lane: new Lane(connection.agent(number), options.onError),
    downloaded: progress.expect(1),
    ready: progress.expect(OPENING_WEIGHT),
  }))
  const opened = await Promise.all(
    cast.map(async ({ lane, entry, downloaded, ready }) => {
      const choice = { model: sourceOf(entry), device: options.device }
      const model = await lane.open(choice, downloaded)
      runtime(1)
      ready(1)
      return model
    }),
  )
  const [first] = opened
  if (!first) throw new Error('This site has none of the models that are shown here.')
  return {
    kind: 'live',
    ensemble: new Ensemble(cast.map(({ lane }) => lane)),
    runners: cast.map(({ runner }) => runner),
    models,
    opened: first,
    connection,
  }
}

/** The models of the shown stages. What reads the list comes with it, not with the first script. */
async function shippedModels(): Promise<Record<string, ShippedModel>> {
  const manifest = await loadManifest()
  const { evaluationOf } = await import('../../procedure/manifest.ts')
  return Object.fromEntries(
    runners.flatMap(({ stage }) => {
      const entry = findModel(manifest, stage)
      return entry ? [[stage, { entry, evaluation: evaluationOf(entry) }] as const] : []
    }),
  )
}
