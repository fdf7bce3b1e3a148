import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { expect, it } from 'vitest'
import type { Clip } from '../../alignment/labels/index.ts'
import { canonicalJson } from '../../island/index.ts'
import { aggregateLog } from '../../study/index.ts'
import { madeUpExport, wholeFile } from '../testing/made-up-result.ts'
import { STUDY_FILE_FORMATS, type StudyExport } from './index.ts'
import { archiveOfStudy } from './study-archive.ts'

/** Resolves to the rows that DuckDB finds in a file. */
async function rowsByDuckDb(id: string, from: StudyExport): Promise<Record<string, unknown>[]> {
  const format = STUDY_FILE_FORMATS.find((each) => each.id === id)
  if (!format) throw new Error(`There is no format ${id}`)
  const folder = await mkdtemp(join(tmpdir(), 'jumppad-parquet-'))
  const path = join(folder, 'it.parquet')
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    await writeFile(path, await wholeFile(format.encode(from)))
    const reader = await connection.runAndReadAll(`SELECT * FROM '${path}'`)
    return reader.getRowObjectsJS()
  } finally {
    connection.closeSync()
    instance.closeSync()
    await rm(folder, { recursive: true })
  }
}

/** Returns the columns of a clip, with integers as DuckDB returns those of 64 bits. */
function columnsOf(prefix: string, clip: Clip | undefined): Record<string, unknown> {
  if (!clip) throw new Error('A clip is missing')
  return {
    [`${prefix}_id`]: clip.id,
    [`${prefix}_agent`]: clip.policyDigest ?? null,
    [`${prefix}_world_version`]: BigInt(clip.worldVersion),
    [`${prefix}_start`]: clip.start,
    [`${prefix}_seed`]: BigInt(clip.seed),
    [`${prefix}_actions`]: Array.from(clip.actions),
    [`${prefix}_authors`]: clip.authors,
    [`${prefix}_path`]: Array.from(clip.path),
    [`${prefix}_ending`]: clip.ending,
    [`${prefix}_state_digest`]: clip.stateDigest,
    [`${prefix}_island`]: canonicalJson(clip.island),
  }
}

it('DuckDB reads every value of a result', async () => {
  const from = madeUpExport('graded', 4, 'dawid-skene')
  const { study, question, clips, comparisons } = aggregateLog(from.log, from)
  const clip = (id: string) => clips.find((each) => each.id === id)
  const expected = comparisons.map(({ first, second, preference, provenance, votes }) => ({
    ...{ study: study.id, question, first, second, preference, provenance },
    votes_first_much: BigInt(votes.firstMuch),
    votes_first: BigInt(votes.first),
    votes_tie: BigInt(votes.tie),
    votes_second: BigInt(votes.second),
    votes_second_much: BigInt(votes.secondMuch),
    votes_cannot_tell: BigInt(votes.cannotTell),
    chosen_probability: preference < 0.5 ? 1 - preference : preference,
    ...columnsOf('chosen', clip(preference < 0.5 ? second : first)),
    ...columnsOf('rejected', clip(preference < 0.5 ? first : second)),
  }))
  expect(expected.some(({ preference }) => preference < 0.5)).toBe(true)
  expect(await rowsByDuckDb('result-parquet', from)).toEqual(expected)
})

it('DuckDB reads every value of the labels', async () => {
  const from = madeUpExport('graded', 4)
  const { clips, labels } = archiveOfStudy(from.log, from).archive
  const clip = (id: string) => clips.find((each) => each.id === id)
  const found = await rowsByDuckDb('parquet', from)
  expect(found).toEqual(
    labels.map((label) => ({
      id: label.id,
      session: label.session,
      left: label.left,
      verdict: label.verdict,
      strength: label.strength ?? null,
      reasons: label.reasons ?? null,
      response_ms: label.responseMs,
      away_ms: label.awayMs ?? null,
      replays: BigInt(label.replays),
      question: label.question,
      labeller: label.labeller,
      rule: label.rule,
      kind: label.kind,
      known: label.known ?? null,
      corrects: label.corrects ?? null,
      created_at: label.createdAt,
      version: BigInt(label.version),
      world_version: BigInt(label.worldVersion),
      app_version: label.appVersion,
      ...columnsOf('first', clip(label.first)),
      ...columnsOf('second', clip(label.second)),
    })),
  )
})

it('a table of several groups of rows is read whole', async () => {
  const one = madeUpExport('two-way', 5)
  const { archive } = archiveOfStudy(one.log, one)
  const labels = Array.from({ length: 10 }, (_, copy) =>
    archive.labels.map((label) => ({
      ...label,
      id: label.id.replace(/^0{8}/, String(copy).padStart(8, '0')),
    })),
  ).flat()
  const { encodeLabelsParquet, decodeLabelsParquet } = await import('./labels-parquet.ts')
  const parts = [...encodeLabelsParquet({ ...archive, labels })]
  expect(parts.length).toBe(Math.ceil(720 / 250) + 1)
  const decoded = await decodeLabelsParquet(new Uint8Array(Buffer.concat(parts)))
  expect(decoded).toEqual({ ...archive, labels })
})
