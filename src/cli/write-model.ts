import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { basename, dirname, join } from 'node:path'
import {
  exportModel,
  MODEL_VERSION,
  type ModelCard,
  type ParameterLayout,
} from '../network/index.ts'
import { type ManifestEntry, readManifest, withEntry } from '../procedure/index.ts'
import type { Device } from '../runtime/index.ts'
import { isMissing } from './folder-store.ts'

/** Processor, cores and threads a measurement was made with. */
export function machine(device: Device): string {
  return `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${device.name}`
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Writes a model's ONNX file, measures it by `score`, which is given the file's bytes, and enters it in
 * the manifest beside it.
 */
export async function writeModel(
  output: string,
  layout: ParameterLayout,
  parameters: Float32Array,
  card: ModelCard,
  score: (bytes: Uint8Array) => Promise<ManifestEntry['scores']>,
): Promise<ManifestEntry> {
  const bytes = exportModel(layout, parameters, card)
  await mkdir(dirname(output), { recursive: true })
  await writeFile(output, bytes)
  const entry: ManifestEntry = {
    version: MODEL_VERSION,
    file: basename(output),
    sha256: sha256(bytes),
    parameters: layout.count,
    ...card,
    scores: await score(bytes),
  }
  await enterInManifest(dirname(output), entry)
  return entry
}

/** Puts an entry into the manifest of a folder, in the place of an earlier one of the same file. */
export async function enterInManifest(folder: string, entry: ManifestEntry): Promise<void> {
  const path = join(folder, 'manifest.json')
  const entries = withEntry(await readManifestFile(path), entry)
  await writeFile(path, `${JSON.stringify(entries, undefined, 2)}\n`)
}

/** The entries of a manifest; none where there is no such file. */
export async function readManifestFile(path: string): Promise<ManifestEntry[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  return text === undefined ? [] : readManifest(JSON.parse(text))
}
