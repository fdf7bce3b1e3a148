import type { StudyResult } from '../../study/result.ts'
import { fileKind } from '../archive/file-kind.ts'
import { decodeArrays } from '../archive/npz-file.ts'
import { resultFromColumns } from './result-columns.ts'
import { decodeResultLines } from './result-lines.ts'

/**
 * Decodes a file with the result of a study, in any of the formats in which results are exported, or rejects
 * with an ArchiveError with a one-sentence message.
 */
export async function decodeResult(bytes: Uint8Array): Promise<StudyResult> {
  switch (fileKind(bytes)) {
    case 'parquet': {
      const { decodeResultParquet } = await import('./result-parquet.ts')
      return decodeResultParquet(bytes)
    }
    case 'zip':
      return resultFromColumns(decodeArrays(bytes))
    case 'text':
      return decodeResultLines(bytes)
  }
}
