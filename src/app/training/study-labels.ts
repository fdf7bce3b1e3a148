/** Training data from the results of studies: of the researcher's in this browser, and of imported files. */
import { version } from '../../../package.json'
import { decisive } from '../../alignment/comparisons.ts'
import { studyDigest } from '../../collector/study-digest.ts'
import type { LabelSource, TrainingData } from '../../procedure/training/index.ts'
import {
  addStudyResult,
  type LabDatabase,
  listStudyResults,
  type ResultEntry,
  readGathered,
  readStudies,
  readStudyResult,
} from '../../storage/index.ts'
import { decodeResult } from '../../storage/study-files/index.ts'
import {
  aggregateLog,
  isPrepared,
  leftOutSittings,
  readStudyLog,
  type Study,
  type StudyResult,
  trainingDataOf,
} from '../../study/index.ts'
import type { AggregationMethod } from '../../study/statistics/aggregate.ts'
import { digestOf, placeOf } from './labels.ts'

/** Result of a study as training data, with its entry in a plan. */
export interface StudyLabels {
  readonly labels: Extract<LabelSource, { kind: 'study' }>
  readonly data: TrainingData
  readonly result: StudyResult
}

/** Study that can be chosen. */
export interface StudySource {
  /** Id of the study, or of the imported result. */
  readonly id: string
  /** Id of the study. */
  readonly study: string
  readonly title: string
  /** Method of an imported result, which can no longer be changed; undefined for studies of this browser. */
  readonly fixedMethod: AggregationMethod | undefined
}

/** Lists the studies of this browser whose pairs are fixed, and then the imported results. */
export async function studySources(database: LabDatabase): Promise<readonly StudySource[]> {
  const [studies, results] = await Promise.all([readStudies(database), listStudyResults(database)])
  return [
    ...studies.records
      .filter(({ study }) => isPrepared(study))
      .map(({ id, study }) => ({ id, study: id, title: study.title, fixedMethod: undefined })),
    ...results.map(({ id, study, title, method }) => ({ id, study, title, fixedMethod: method })),
  ]
}

/**
 * Resolves to the labels of a source; undefined if it is no longer there. Rejects with a StudyFileError or an
 * ArchiveError if its clips cannot be replayed.
 */
export async function labelsOfSource(
  database: LabDatabase,
  { id, fixedMethod }: StudySource,
  method: AggregationMethod,
): Promise<StudyLabels | undefined> {
  if (fixedMethod !== undefined) {
    const result = await readStudyResult(database, id)
    return result && labelsOfResult(result)
  }
  const { records } = await readStudies(database)
  const entry = records.find((each) => each.id === id)
  return entry && labelsOfResult(await aggregated(database, entry.study, method))
}

/** Imports a file with the result of a study. Rejects with an ArchiveError. */
export async function importStudyResult(
  database: LabDatabase,
  bytes: Uint8Array,
): Promise<ResultEntry> {
  const result = await decodeResult(bytes)
  return addStudyResult(database, result, { app: version, createdAt: new Date().toISOString() })
}

async function aggregated(
  database: LabDatabase,
  study: Study,
  method: AggregationMethod,
): Promise<StudyResult> {
  if (!isPrepared(study)) throw new Error(`The study “${study.title}” has no clips: prepare it`)
  const { records } = await readGathered(database, study.id)
  const digest = await studyDigest(study)
  const log = readStudyLog(study, digest, records)
  return aggregateLog(log, { digest, method, leftOut: new Set(leftOutSittings(log).keys()) })
}

async function labelsOfResult(result: StudyResult): Promise<StudyLabels> {
  const data = trainingDataOf(result)
  const { study, question, method } = result
  return {
    labels: {
      kind: 'study',
      ...{ study, question, method },
      comparisons: data.comparisons.length,
      decisive: decisive(data.comparisons).length,
      sha256: await digestOf(data),
      ...placeOf(data),
    },
    data,
    result,
  }
}
