/** Models that a training starts from, and those that it produces. */

import { isStyleWish, wishName } from '../../evaluation/wish.ts'
import { mapDigest } from '../../island/index.ts'
import { exportModel, type ImportedModel, type Recipe } from '../../network/index.ts'
import {
  islandIn,
  type ModelReference,
  recipeOf,
  resultStage,
  type TrainedModel,
  type TrainingPart,
  type TrainingPlan,
  type TrainingResult,
} from '../../procedure/training/index.ts'
import {
  addModel,
  type LabDatabase,
  type Run,
  readModelBytes,
  type ShelfEntry,
} from '../../storage/index.ts'
import { describeModel } from '../models/describe-model.ts'
import { fetchPolicy, fetchReward, readModel } from '../models/fetch-model.ts'
import { fetchManifest } from '../models/manifest.ts'
import type { ModelSource } from '../worker/choices.ts'
import { ModelError } from '../worker/errors.ts'

/** Finder of models by the digest of their file: stored in this browser, or shipped in `folder`. */
export class ModelFinder {
  readonly #database: LabDatabase
  readonly #folder: string

  /** `folder` is the URL of the shipped models, with a trailing slash. */
  constructor(database: LabDatabase, folder: string) {
    this.#database = database
    this.#folder = folder
  }

  async policy(reference: ModelReference): Promise<ImportedModel> {
    return fetchPolicy(await this.#source(reference))
  }

  async reward(reference: ModelReference): Promise<ImportedModel> {
    return fetchReward(await this.#source(reference))
  }

  async #source({ name, sha256 }: ModelReference): Promise<ModelSource> {
    const bytes = await readModelBytes(this.#database, sha256)
    if (bytes !== undefined) return { kind: 'bytes', bytes }
    const shipped = (await fetchManifest(`${this.#folder}manifest.json`)).find(
      (entry) => entry.sha256 === sha256,
    )
    if (shipped !== undefined) return { kind: 'url', url: this.#folder + shipped.file, sha256 }
    throw new ModelError(
      `The model “${name}” is neither part of this site nor saved in this browser: add its file again, then resume.`,
    )
  }
}

/** Trained model as a file: its shelf entry, and its ONNX bytes. */
export interface ModelExport {
  readonly entry: ShelfEntry
  readonly bytes: Uint8Array
}

/** Exports the models that a run produced; the keys of those it did not produce are absent. */
export async function exportsOf(
  run: Run,
  result: TrainingResult,
  now: Date,
): Promise<{ readonly policy?: ModelExport; readonly reward?: ModelExport }> {
  const make = (model: TrainedModel, name: string) => exportOf(run, model, result, name, now)
  const { policy, reward } = result
  return {
    ...(policy && { policy: await make(policy, run.name) }),
    ...(reward && {
      reward: await make({ ...reward, part: 'reward' }, `${run.name}, reward model`),
    }),
  }
}

async function exportOf(
  { plan }: Run,
  { layout, parameters, part }: TrainedModel,
  result: TrainingResult,
  name: string,
  now: Date,
): Promise<ModelExport> {
  const stage = resultStage(plan, part)
  const bytes = exportModel(layout, parameters, {
    stage,
    recipe: cardRecipe(plan, result, part),
    key: `${plan.seed}/training/${stage}`,
  })
  // Pages trust what a file says about itself, so the exported file is read back as a check.
  readModel(bytes)
  return { bytes, entry: await describeModel(bytes, `${name}.onnx`.slice(-200), now) }
}

/** Returns the settings and the origin of a model for its card: enough to identify the run. */
function cardRecipe(plan: TrainingPlan, result: TrainingResult, part: TrainingPart): Recipe {
  const start = { startedFrom: plan.start.sha256, worldVersion: plan.worldVersion }
  const common = { ...recipeOf(plan, part), ...start, ...labelsOf(plan) }
  if (part === 'reward') {
    return { ...common, encoder: 'agent', deviation: result.reward?.deviation ?? 1 }
  }
  return { ...common, stopped: result.stopped }
}

function labelsOf(plan: TrainingPlan): Recipe {
  if (!('labels' in plan)) {
    const island = islandIn(plan)
    return island ? { island: island.title, map: mapDigest(island.map) } : {}
  }
  const { labels } = plan
  const { comparisons } = labels
  if (labels.kind === 'judge') {
    const { wanted, noise, cantTell, island } = labels
    return {
      ...{ comparisons, noise, cantTell },
      ...(isStyleWish(wanted) && { wish: wishName(wanted) }),
      ...(island && { island: island.title, map: mapDigest(island.map) }),
    }
  }
  const own = { comparisons, labels: labels.sha256 }
  if (labels.kind === 'people') return own
  return { ...own, study: labels.study.digest, aggregation: labels.method }
}

/** Stores the exported models on this browser's shelf. */
export async function shelve(
  database: LabDatabase,
  exports: { readonly policy?: ModelExport; readonly reward?: ModelExport },
): Promise<void> {
  for (const each of [exports.reward, exports.policy]) {
    if (each) await addModel(database, each.entry, each.bytes)
  }
}
