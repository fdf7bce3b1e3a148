/** `study export`: writes what a collector has stored to standard output. */
import { version } from '../../../package.json'
import {
  archiveOfStudy,
  STUDY_FILE_FORMATS,
  type StudyExport,
} from '../../storage/study-files/index.ts'
import { leftOutSittings } from '../../study/index.ts'
import { AGGREGATION_METHODS, type AggregationMethod } from '../../study/statistics/aggregate.ts'
import { StudyFolder } from './folder.ts'
import { readStoredLog, refusalsOf } from './stored.ts'

export const EXPORT_FORMATS = STUDY_FILE_FORMATS.map(({ id }) => id)
export const EXPORT_METHODS = [...AGGREGATION_METHODS]

const CONTENTS = { labels: 'everybody’s labels', result: 'one answer for each pair' } as const

/** Returns a list of the formats for help texts. */
export function describeFormats(): string {
  return STUDY_FILE_FORMATS.map(
    ({ id, content, name }) => `${id}: ${CONTENTS[content]} as ${name}`,
  ).join('; ')
}

export interface ExportChoice {
  /** One of `EXPORT_FORMATS`. */
  readonly format: string
  readonly method: AggregationMethod
}

export async function exportStudy(dir: string, { format, method }: ExportChoice): Promise<void> {
  const chosen = STUDY_FILE_FORMATS.find(({ id }) => id === format)
  if (!chosen) throw new Error(`Found the format ${format}, expected one of ${EXPORT_FORMATS}`)
  const folder = await StudyFolder.open(dir)
  const stored = await readStoredLog(folder)
  const left = refusalsOf(stored)
  if (left !== '') process.stderr.write(`Messages left out: ${left}.\n`)
  const from: StudyExport = {
    log: stored.log,
    digest: folder.state.study.digest,
    method,
    leftOut: new Set(leftOutSittings(stored.log).keys()),
    app: version,
    createdAt: new Date().toISOString(),
  }
  if (chosen.content === 'labels') {
    const { leftOut } = archiveOfStudy(from.log, from)
    if (leftOut > 0)
      process.stderr.write(`Labels left out, as no file can hold them: ${leftOut}.\n`)
  }
  const size = chosen.size?.(from)
  if (size !== undefined) process.stderr.write(`Writing about ${(size / 1e6).toFixed(1)} MB.\n`)
  for await (const part of chosen.encode(from)) await written(part)
}

/** Resolves once standard output has taken the bytes, so that a slow reader does not fill the memory. */
function written(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()))
  })
}
