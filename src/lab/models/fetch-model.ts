/** Loads model files and reads their cards and parameters. */

import { WORLD_VERSION } from '../../island/index.ts'
import { type ImportedModel, importModel } from '../../network/index.ts'
import type { ModelSource, OnProgress } from '../worker/choices.ts'
import { ModelError, messageOf } from '../worker/errors.ts'
import { readWhole } from './read-whole.ts'
import { sha256Of } from './sha256.ts'

export interface FetchedModel extends ImportedModel {
  readonly bytes: Uint8Array
}

/** Fetches a policy. Rejects with `ModelError` and a sentence where there is none. */
export async function fetchPolicy(
  source: ModelSource,
  onProgress?: OnProgress,
): Promise<FetchedModel> {
  const model = await fetchModel(source, onProgress)
  if (model.layout.head === 'policy') return model
  throw new ModelError(
    'This file contains a reward model, which scores clips and cannot play: ' +
      'choose a policy to watch.',
  )
}

/** Fetches a reward model. Rejects with `ModelError` and a sentence where there is none. */
export async function fetchReward(source: ModelSource): Promise<FetchedModel> {
  const model = await fetchModel(source)
  if (model.layout.head === 'reward') return model
  throw new ModelError(
    'This file contains a policy, which plays and cannot score clips: choose a reward model.',
  )
}

async function fetchModel(
  source: ModelSource,
  onProgress: OnProgress = () => undefined,
): Promise<FetchedModel> {
  const bytes = source.kind === 'bytes' ? source.bytes : await download(source.url, onProgress)
  if (source.kind === 'url' && source.sha256) await checkDigest(bytes, source.url, source.sha256)
  return { bytes, ...readModel(bytes) }
}

/** Reads a file's card and parameters. Throws `ModelError` where this lab cannot use it. */
export function readModel(bytes: Uint8Array): ImportedModel {
  const model = read(bytes)
  if (model.worldVersion === WORLD_VERSION) return model
  throw new ModelError(
    `This model was made for world version ${model.worldVersion}, but this lab has version ` +
      `${WORLD_VERSION}: choose a model from this lab.`,
  )
}

function read(bytes: Uint8Array): ImportedModel {
  try {
    return importModel(bytes)
  } catch (error) {
    throw new ModelError(messageOf(error))
  }
}

async function download(url: string, onProgress: OnProgress): Promise<Uint8Array> {
  const response = await fetch(url).catch(() => undefined)
  if (!response) {
    throw new ModelError(
      `The model could not be loaded: no answer from ${url}. Check the connection and try again.`,
    )
  }
  if (!response.ok) {
    throw new ModelError(
      `The model is missing: found status ${response.status} at ${url}, expected an ONNX file. ` +
        'Choose another, or rebuild the site with its models folder.',
    )
  }
  return readWhole(response, onProgress)
}

async function checkDigest(bytes: Uint8Array, url: string, expected: string): Promise<void> {
  const found = await sha256Of(bytes)
  // Where no digest can be computed, the file is still validated when it is read.
  if (found === undefined || found === expected) return
  throw new ModelError(
    `The model at ${url} is damaged: found SHA-256 ${found.slice(0, 12)}…, expected ` +
      `${expected.slice(0, 12)}…. Reload the page; if that does not help, rebuild the site.`,
  )
}
