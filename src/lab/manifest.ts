/** The list of shipped models, `models/manifest.json`. */
import { z } from 'zod'
import { ModelError } from './errors.ts'

const entry = z.object({
  version: z.string().min(1),
  file: z.string().min(1),
  stage: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  parameters: z.number().int().nonnegative(),
  recipe: z.unknown(),
  key: z.unknown(),
  scores: z.unknown(),
})
const manifest = z.array(entry)

export type ManifestEntry = z.infer<typeof entry>

/** Reads a manifest that was parsed from JSON; throws `ModelError` naming what is amiss. */
export function readManifest(json: unknown): ManifestEntry[] {
  const result = manifest.safeParse(json)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const where = issue ? issue.path.join('.') || 'the top' : 'the top'
  throw new ModelError(
    `models/manifest.json is damaged: at ${where}, ${issue?.message ?? 'unknown problem'}. ` +
      'Expected a list of models with version, file, stage and sha256. Rebuild the site.',
  )
}

/** Fetches the manifest below `base` (the site's root, ending in a slash). */
export async function fetchManifest(base: string): Promise<ManifestEntry[]> {
  const address = `${base}models/manifest.json`
  const response = await fetch(address).catch(() => undefined)
  if (!response) {
    throw new ModelError(
      `The list of models could not be loaded: no answer from ${address}. ` +
        'Check the connection and try again.',
    )
  }
  if (response.status === 404) throw noManifest(address)
  // A development server answers a missing file with the page itself.
  const text = await response.text()
  if (text.trimStart().startsWith('<')) throw noManifest(address)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new ModelError(`${address} is damaged: found text that is not JSON. Rebuild the site.`)
  }
  return readManifest(json)
}

function noManifest(address: string): ModelError {
  return new ModelError(
    `No model is shipped with this site: found nothing at ${address}, expected a list of models. ` +
      'Build the site with its models folder.',
  )
}

/** The model asked for by version or, failing that, the first one of the stage of that name. */
export function findModel(
  entries: readonly ManifestEntry[],
  wanted: string,
): ManifestEntry | undefined {
  return (
    entries.find((entry) => entry.version === wanted) ??
    entries.find((entry) => entry.stage === wanted)
  )
}
