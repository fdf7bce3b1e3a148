/** Formats in which a study's labels, and its result, are exported by the page and the command line. */
import { type AggregationOptions, aggregateLog, type StudyLog } from '../../study/index.ts'
import { encodeLines } from '../archive/lines.ts'
import { toColumns } from '../archive/npz-columns.ts'
import { encodeArrays } from '../archive/npz-file.ts'
import { encodeWithFrames, frameBytes } from './frames.ts'
import { resultColumns } from './result-columns.ts'
import type { Written } from './result-header.ts'
import { encodeResultLines } from './result-lines.ts'
import { archiveOfStudy } from './study-archive.ts'

/** Everything that an export is made from. */
export interface StudyExport extends AggregationOptions, Written {
  readonly log: StudyLog
}

/** Format of exported files. */
export interface StudyFileFormat {
  /** Name on the command line: `--format result-parquet`. */
  readonly id: string
  /** Whether a file holds every single label, or the result: one answer for each pair. */
  readonly content: 'labels' | 'result'
  /** Name of the format for a list. */
  readonly name: string
  /** End of the file's name, without a dot. */
  readonly ending: string
  /** Media type. */
  readonly type: string
  /**
   * Yields the parts of the file. Each takes well below a second, so a page can let the browser draw between
   * two parts. Rejects with an ArchiveError where no such file can exist.
   */
  encode(from: StudyExport): AsyncIterable<Uint8Array>
  /** Returns the approximate size of the file in bytes, for formats of which it may be surprising. */
  size?(from: StudyExport): number
}

const BINARY = 'application/octet-stream'
const LINES = { name: 'JSON Lines', ending: 'jsonl', type: 'application/jsonl' } as const
const NPZ = { name: 'NPZ for NumPy', ending: 'npz', type: BINARY } as const
const FRAMES = {
  name: 'NPZ with the frames that the agent saw',
  ending: 'npz',
  type: BINARY,
} as const
const PARQUET = {
  name: 'Parquet',
  ending: 'parquet',
  type: 'application/vnd.apache.parquet',
} as const

/** All formats, the most common ones first. Parquet is loaded when it is used. */
export const STUDY_FILE_FORMATS: readonly StudyFileFormat[] = [
  {
    ...{ id: 'jsonl', content: 'labels', ...LINES },
    async *encode({ log, ...written }) {
      yield encodeLines(archiveOfStudy(log, written).archive)
    },
  },
  {
    ...{ id: 'npz', content: 'labels', ...NPZ },
    async *encode({ log, ...written }) {
      yield encodeArrays(toColumns(archiveOfStudy(log, written).archive))
    },
  },
  {
    ...{ id: 'npz-frames', content: 'labels', ...FRAMES },
    async *encode({ log, ...written }) {
      const { archive } = archiveOfStudy(log, written)
      yield* encodeWithFrames(toColumns(archive), archive.clips)
    },
    size: ({ log, ...written }) => frameBytes(archiveOfStudy(log, written).archive.clips),
  },
  {
    ...{ id: 'parquet', content: 'labels', ...PARQUET },
    async *encode({ log, ...written }) {
      const { encodeLabelsParquet } = await import('./labels-parquet.ts')
      yield* encodeLabelsParquet(archiveOfStudy(log, written).archive)
    },
  },
  {
    ...{ id: 'result-jsonl', content: 'result', ...LINES },
    async *encode({ log, ...options }) {
      yield encodeResultLines(aggregateLog(log, options), options)
    },
  },
  {
    ...{ id: 'result-npz', content: 'result', ...NPZ },
    async *encode({ log, ...options }) {
      yield encodeArrays(resultColumns(aggregateLog(log, options), options))
    },
  },
  {
    ...{ id: 'result-npz-frames', content: 'result', ...FRAMES },
    async *encode({ log, ...options }) {
      const result = aggregateLog(log, options)
      yield* encodeWithFrames(resultColumns(result, options), result.clips)
    },
    size: ({ log, ...options }) => frameBytes(aggregateLog(log, options).clips),
  },
  {
    ...{ id: 'result-parquet', content: 'result', ...PARQUET },
    async *encode({ log, ...options }) {
      const { encodeResultParquet } = await import('./result-parquet.ts')
      yield* encodeResultParquet(aggregateLog(log, options), options)
    },
  },
]
