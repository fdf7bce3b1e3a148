/** The list of shipped models, `models/manifest.json`, as a page gets it. */
import { type ManifestEntry, readManifest } from '../procedure/manifest.ts'
import { ModelError, messageOf } from './errors.ts'

export type { ManifestEntry } from '../procedure/manifest.ts'

/** Fetches the manifest at `address`. Throws `ModelError` with a sentence where there is none. */
export async function fetchManifest(address: string): Promise<ManifestEntry[]> {
  const response = await fetch(address).catch(() => undefined)
  if (!response) {
    throw new ModelError(
      `The list of models could not be loaded: no answer from ${address}. ` +
        'Check the connection and try again.',
    )
  }
  if (!response.ok) {
    throw new ModelError(
      `This site has no list of models: found status ${response.status} at ${address}. ` +
        'Build it with its models folder.',
    )
  }
  const text = await response.text()
  try {
    return readManifest(JSON.parse(text))
  } catch (error) {
    throw new ModelError(messageOf(error))
  }
}
