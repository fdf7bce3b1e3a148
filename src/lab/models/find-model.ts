/** Lookup of shipped models by name. */
import type { ManifestEntry } from '../../procedure/manifest.ts'

type Named = Pick<ManifestEntry, 'stage' | 'file'>

/** Returns the first model of the stage `wanted`, or else the one with that file name without `.onnx`. */
export function findModel<T extends Named>(models: readonly T[], wanted: string): T | undefined {
  return (
    models.find(({ stage }) => stage === wanted) ??
    models.find(({ file }) => file.replace(/\.onnx$/, '') === wanted)
  )
}
