/** Which of the shipped models is meant. */
import type { ManifestEntry } from '../../procedure/manifest.ts'

type Named = Pick<ManifestEntry, 'stage' | 'file'>

/** The model of a stage, or the one whose file has that name without its ending. */
export function findModel<T extends Named>(models: readonly T[], wanted: string): T | undefined {
  return (
    models.find(({ stage }) => stage === wanted) ??
    models.find(({ file }) => file.replace(/\.onnx$/, '') === wanted)
  )
}
