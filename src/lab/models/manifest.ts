/** List of shipped models, `models/manifest.json`, as a page fetches it. */
import { type ManifestEntry, readManifest } from '../../procedure/manifest.ts'
import { ModelError, messageOf } from '../worker/errors.ts'
import { fetchJson } from './fetch-json.ts'

export type { ManifestEntry } from '../../procedure/manifest.ts'

/** Fetches the manifest at `address`. Rejects with `ModelError` and a sentence where there is none. */
export async function fetchManifest(address: string): Promise<ManifestEntry[]> {
  try {
    return readManifest(
      await fetchJson(address, {
        name: 'list of models',
        remedy: 'Build it with its models folder.',
      }),
    )
  } catch (error) {
    throw new ModelError(messageOf(error))
  }
}
