/** Header of files with the result of a study. */
import { z } from 'zod'
import {
  RESULT_FORMAT,
  RESULT_VERSION,
  type ResultSummary,
  resultSummary,
  resultSummarySchema,
  resultVersion,
  type StudyResult,
  studyResultSchema,
} from '../../study/result.ts'
import { ARCHIVE_FORMAT, checkPlays } from '../archive/archive.ts'
import { damaged, refuse } from '../archive/errors.ts'
import { firstProblem } from '../same.ts'

/** Release of Jumppad and the time that a file was written. */
export interface Written {
  /** Version of Jumppad that writes the file. */
  readonly app: string
  /** Time as `Date.toISOString` writes it. */
  readonly createdAt: string
}

const resultHeaderSchema = z.strictObject({
  format: z.literal(RESULT_FORMAT),
  version: z.literal([1, RESULT_VERSION]),
  app: z.string().max(40),
  createdAt: z.iso.datetime({ precision: 3 }),
  ...resultSummarySchema.shape,
})

export type ResultHeader = Readonly<z.infer<typeof resultHeaderSchema>>

export function resultHeader(result: StudyResult, { app, createdAt }: Written): ResultHeader {
  return {
    format: RESULT_FORMAT,
    version: resultVersion(result),
    app,
    createdAt,
    ...resultSummary(result),
  }
}

/** Validates a header. Throws an ArchiveError that distinguishes foreign, newer and damaged files. */
export function checkedResultHeader(found: unknown): ResultHeader {
  const read = resultHeaderSchema.safeParse(found)
  if (read.success) return read.data
  const named = z.looseObject({ format: z.unknown(), version: z.unknown() }).safeParse(found).data
  if (named?.format === ARCHIVE_FORMAT) {
    return refuse(
      'it holds single labels instead of the result of a study',
      'import it as labels, or choose a file of the study’s result',
    )
  }
  if (named?.format !== RESULT_FORMAT) {
    return refuse(
      `it is not marked as format "${RESULT_FORMAT}"`,
      'choose a file of aggregated labels that Jumppad exported',
    )
  }
  if (typeof named.version === 'number' && named.version > RESULT_VERSION) {
    return refuse(
      `found version ${named.version} of the format, expected ${RESULT_VERSION} at most`,
      'it is from a newer release: open it with that release, or reload this page',
    )
  }
  return damaged(`its header is not as expected (${firstProblem(read.error)})`)
}

/** Validates the result of a file as from a stranger. Throws an ArchiveError. */
export function checkedResult(
  header: ResultHeader,
  clips: readonly unknown[],
  comparisons: readonly unknown[],
): StudyResult {
  const {
    format: _format,
    version: _version,
    app: _app,
    createdAt: _createdAt,
    ...summary
  } = header
  const about: ResultSummary = summary
  const read = studyResultSchema.safeParse({ ...about, clips, comparisons })
  if (!read.success) return damaged(`its content is invalid (${firstProblem(read.error)})`)
  checkPlays(read.data)
  return read.data
}
