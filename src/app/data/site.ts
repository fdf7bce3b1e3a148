/** Files that ship with the page, wherever it is served from. */

import type { ManifestEntry } from '../../lab/models/manifest.ts'
import type { ModelSource } from '../../lab/worker/choices.ts'

/** Returns the URL of a file in the folder `models`. */
export function addressOf(file: string): string {
  return new URL(`${import.meta.env.BASE_URL}models/${file}`, location.href).href
}

export function sourceOf({ file, sha256 }: ManifestEntry): ModelSource {
  return { kind: 'url', url: addressOf(file), sha256 }
}

/**
 * Fetches the list of shipped models. The code that validates it is loaded with it, so that the first
 * paint does not wait for it. Rejects with `ModelError`.
 */
export async function fetchShippedModels(): Promise<ManifestEntry[]> {
  const { fetchManifest } = await import('../../lab/models/manifest.ts')
  return fetchManifest(addressOf('manifest.json'))
}
