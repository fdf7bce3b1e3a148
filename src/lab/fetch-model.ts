/** Brings a model file here and reads what it says about itself. */
import { WORLD_VERSION } from '../island/index.ts'
import { type ImportedModel, importModel } from '../network/index.ts'
import { ModelError, messageOf } from './errors.ts'
import type { ModelSource, OnProgress } from './protocol.ts'
import { readWhole } from './read-whole.ts'

export interface FetchedModel extends Pick<ImportedModel, 'card' | 'layout'> {
  readonly bytes: Uint8Array
}

/** Throws `ModelError` with a sentence where there is no usable model. */
export async function fetchModel(
  source: ModelSource,
  onProgress: OnProgress = () => undefined,
): Promise<FetchedModel> {
  const bytes = source.kind === 'bytes' ? source.bytes : await download(source.url, onProgress)
  if (source.kind === 'url' && source.sha256) await checkDigest(bytes, source.url, source.sha256)
  const { card, layout, worldVersion } = read(bytes)
  if (worldVersion !== WORLD_VERSION) {
    throw new ModelError(
      `This model was made for world version ${worldVersion}, this lab has version ` +
        `${WORLD_VERSION}: choose a model of this lab.`,
    )
  }
  if (layout.head !== 'policy') {
    throw new ModelError(
      'This file holds a reward model, which judges clips and presses no buttons: ' +
        'choose a policy to watch.',
    )
  }
  return { bytes, card, layout }
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
  // Browsers offer digests only to secure pages; the file is still checked when it is read.
  if (!globalThis.crypto?.subtle) return
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
  const found = Array.from(new Uint8Array(digest), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
  if (found === expected) return
  throw new ModelError(
    `The model at ${url} is damaged: found SHA-256 ${found.slice(0, 12)}…, expected ` +
      `${expected.slice(0, 12)}…. Reload the page; if that does not help, rebuild the site.`,
  )
}
