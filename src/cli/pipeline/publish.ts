import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ManifestEntry, Results } from '../../procedure/index.ts'
import { enterInManifest } from '../write-model.ts'

/** Model produced by the pipeline, and the file name under which it ships. */
export interface Shipped {
  readonly from: string
  readonly entry: ManifestEntry
  readonly file: string
}

/**
 * Copies the models, their manifest entries and the results into a folder: `models/`, or another
 * one in a trial run.
 */
export async function publish(
  folder: string,
  models: readonly Shipped[],
  results: Results,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { from, entry, file } of models) {
    await copyFile(from, join(folder, file))
    await enterInManifest(folder, { ...entry, file })
  }
  await writeResults(folder, results)
}

export function writeResults(folder: string, results: Results): Promise<void> {
  return writeFile(join(folder, 'results.json'), `${JSON.stringify(results, undefined, 1)}\n`)
}
