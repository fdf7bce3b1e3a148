/** What ships beside the page, wherever the page is served from. */
import type { ManifestEntry } from '../lab/manifest.ts'
import type { ModelSource } from '../lab/protocol.ts'

/** The address of a file in the folder `models`. */
export function addressOf(file: string): string {
  return new URL(`${import.meta.env.BASE_URL}models/${file}`, location.href).href
}

export function sourceOf({ file, sha256 }: ManifestEntry): ModelSource {
  return { kind: 'url', url: addressOf(file), sha256 }
}

/** The checks of the list are code that the first movement does not wait for. */
export async function loadManifest(): Promise<ManifestEntry[]> {
  const { fetchManifest } = await import('../lab/manifest.ts')
  return fetchManifest(addressOf('manifest.json'))
}
