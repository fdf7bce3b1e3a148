import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { gzipSync, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { FRAME_BYTES } from '../../island/index.ts'
import { renderEpisodes } from '../../procedure/play.ts'
import { aggregateLog } from '../../study/index.ts'
import { AGGREGATION_METHODS } from '../../study/statistics/aggregate.ts'
import { ArchiveError, decodeArchive } from '../archive/index.ts'
import { decodeNpy } from '../archive/npy.ts'
import { resealed } from '../archive/testing/reseal.ts'
import {
  madeUpExport,
  madeUpStudyLog,
  madeUpStudyMessages,
  wholeFile,
} from '../testing/made-up-result.ts'
import { decodeResult, STUDY_FILE_FORMATS, type StudyExport } from './index.ts'
import { decodeLabelsParquet } from './labels-parquet.ts'
import { NO_SEAL, seal, sealOf } from './seal.ts'
import { archiveOfStudy } from './study-archive.ts'

const exports = fc
  .record({
    answers: fc.constantFrom('two-way' as const, 'graded' as const),
    seed: fc.nat(1000),
    method: fc.constantFrom(...AGGREGATION_METHODS),
  })
  .map(({ answers, seed, method }) => madeUpExport(answers, seed, method))

const formatsOf = (content: 'labels' | 'result') =>
  STUDY_FILE_FORMATS.filter((format) => format.content === content).map(
    (format) => [format.id, format] as const,
  )

function formatNamed(id: string) {
  const format = STUDY_FILE_FORMATS.find((each) => each.id === id)
  if (!format) throw new Error(`There is no format ${id}`)
  return format
}

const fileOf = (id: string, from: StudyExport = madeUpExport('graded', 1)) =>
  wholeFile(formatNamed(id).encode(from))

describe('files of a study', () => {
  it.each(formatsOf('result'))('give the result back as it was: %s', async (_, format) => {
    await fc.assert(
      fc.asyncProperty(exports, async (from) => {
        const file = await wholeFile(format.encode(from))
        expect(await decodeResult(file)).toEqual(aggregateLog(from.log, from))
        if (format.size) expect(Math.abs(file.length - format.size(from))).toBeLessThan(1e5)
      }),
      { numRuns: format.size ? 1 : 10 },
    )
  })

  it.each(formatsOf('labels'))('give all labels back as they were: %s', async (id, format) => {
    await fc.assert(
      fc.asyncProperty(exports, async (from) => {
        const file = await wholeFile(format.encode(from))
        const decoded = id === 'parquet' ? await decodeLabelsParquet(file) : decodeArchive(file)
        expect(decoded).toEqual(archiveOfStudy(from.log, from).archive)
        expect(decoded.labels).toHaveLength(6 * 12)
      }),
      { numRuns: format.size ? 1 : 10 },
    )
  })

  it('can be empty', async () => {
    const from = { ...madeUpExport('two-way', 1), log: madeUpStudyLog('two-way', []) }
    for (const [, format] of formatsOf('result')) {
      expect((await decodeResult(await wholeFile(format.encode(from)))).comparisons).toEqual([])
    }
    for (const [, format] of formatsOf('labels')) {
      const file = await wholeFile(format.encode(from))
      const decoded =
        format.id === 'parquet' ? await decodeLabelsParquet(file) : decodeArchive(file)
      expect(decoded.labels).toEqual([])
    }
  })

  it('hold the frames that the agent saw', async () => {
    const from = madeUpExport('two-way', 2)
    const { clips } = aggregateLog(from.log, from)
    const file = unzipSync(await fileOf('result-npz-frames', from))
    const frames = decodeNpy('frame', file['frame.npy'] ?? new Uint8Array())
    const { values: offsets } = decodeNpy('it', file['clip_frame_offset.npy'] ?? new Uint8Array())
    const count = Number(offsets[clips.length])
    expect(frames.shape).toEqual([count, 32, 64, 3])
    if (!(frames.values instanceof Uint8Array)) throw new Error('Frames are bytes')
    for (const [place, seen] of renderEpisodes(clips).entries()) {
      const [start, end] = [offsets[place], offsets[place + 1]].map((n) => Number(n) * FRAME_BYTES)
      // Comparing so many bytes one by one takes a minute.
      expect(Buffer.compare(frames.values.subarray(start, end), seen.frames)).toBe(0)
    }
  })

  it('leave out withdrawn labellers, and corrections that correct nothing', async () => {
    const messages = madeUpStudyMessages('two-way', 3)
    const [begun, first, second] = messages
    if (begun?.kind !== 'begun' || first?.kind !== 'label' || second?.kind !== 'label') {
      throw new Error('A labeller begins with two labels')
    }
    const { label } = second
    const strange = { ...label, id: '00000000-0000-4000-8000-00000000beef', corrects: first.id }
    const lost = {
      ...strange,
      id: '00000000-0000-4000-8000-00000000dead',
      corrects: strange.session,
    }
    const {
      parameters: _parameters,
      practice: _practice,
      session: _session,
      slot: _slot,
      ...from
    } = begun
    const log = madeUpStudyLog('two-way', [
      ...messages,
      ...[strange, lost].map((each) => ({ ...second, id: each.id, label: each })),
      ...messages.flatMap((each) =>
        each.kind === 'begun' && each.labeller === 2
          ? [
              {
                ...from,
                kind: 'withdrawn' as const,
                id: 'left',
                labeller: 2,
                sitting: each.sitting,
              },
            ]
          : [],
      ),
    ])
    const { archive, leftOut } = archiveOfStudy(log, {
      app: '0.1.0',
      createdAt: '2026-10-05T01:00:00.000Z',
    })
    expect(archive.sessions).toHaveLength(5)
    expect(archive.labels).toHaveLength(5 * 12)
    expect(leftOut).toBe(0)
    const [sitting] = log.sittings
    if (!sitting) throw new Error('The log is empty')
    const broken = { ...log, sittings: [{ ...sitting, log: [...sitting.log, lost] }] }
    const written = { app: '0.1.0', createdAt: '2026-10-05T01:00:00.000Z' }
    expect(archiveOfStudy(broken, written).leftOut).toBe(1)
    expect(decodeArchive(await fileOf('jsonl', { ...madeUpExport('two-way', 3), log }))).toEqual(
      archive,
    )
  })
})

describe('reading the result of a study', () => {
  const utf8 = (text: string) => new TextEncoder().encode(text)
  const changedLine = async (line: number, change: (text: string) => string) => {
    const lines = new TextDecoder()
      .decode(await fileOf('result-jsonl'))
      .trimEnd()
      .split('\n')
    return resealed(utf8(`${lines.with(line, change(lines.at(line) ?? '')).join('\n')}\n`))
  }
  const replaced = (file: Uint8Array, found: string | RegExp, put: string) => {
    const text = Buffer.from(file).toString('latin1')
    expect(text.split(found).length).toBeGreaterThan(1)
    return new Uint8Array(Buffer.from(text.split(found).join(put), 'latin1'))
  }
  const resealedTable = (file: Uint8Array) => {
    const sealed = replaced(file, /"seal":"\w+"/, `"seal":"${NO_SEAL.seal}"`)
    seal(sealed, sealOf([sealed]))
    return sealed
  }
  const half = (file: Uint8Array) => file.slice(0, file.length / 2)

  it.each<[string, () => Promise<Uint8Array>, string]>([
    ['nothing', async () => utf8(''), 'it is empty'],
    ['another kind of file', async () => utf8('a,b\n1,2\n'), 'first line is not a JSON object'],
    ['half of the lines', async () => half(await fileOf('result-jsonl')), 'it was cut off'],
    ['half an NPZ file', async () => half(await fileOf('result-npz')), 'it was cut off'],
    ['half a Parquet file', async () => half(await fileOf('result-parquet')), 'it was cut off'],
    [
      'a compressed file',
      async () => gzipSync(await fileOf('result-jsonl')),
      'compressed with gzip',
    ],
    ['labels', () => fileOf('jsonl'), 'it holds single labels instead of the result'],
    ['labels as NPZ', () => fileOf('npz'), 'it holds single labels instead of the result'],
    ['labels as Parquet', () => fileOf('parquet'), 'it holds single labels instead of the result'],
    [
      'a newer version',
      () => changedLine(0, (text) => text.replace('"version":2', '"version":3')),
      'found version 3 of the format, expected 2 at most; it is from a newer release',
    ],
    [
      'a newer version as Parquet',
      async () =>
        resealedTable(replaced(await fileOf('result-parquet'), '"version":2', '"version":7')),
      'found version 7 of the format, expected 2 at most',
    ],
    [
      'an unknown field',
      () => changedLine(0, (text) => text.replace('{', '{"mood":"bright",')),
      'its header is not as expected',
    ],
    [
      'an impossible preference',
      () => changedLine(-2, (text) => text.replace(/"preference":[\d.e-]+/, '"preference":2')),
      'its content is invalid (at comparisons',
    ],
    [
      'a changed title',
      async () => replaced(await fileOf('result-parquet'), 'Wie gerade', 'Wie krumm!'),
      'found content of digest',
    ],
    [
      'a changed answer',
      async () => resealedTable(replaced(await fileOf('result-parquet'), 'majority', 'majestic')),
      'is invalid',
    ],
    [
      'a question that differs from the metadata',
      async () => {
        const file = await fileOf('result-parquet')
        const text = Buffer.from(file).toString('latin1')
        const place = text.indexOf('Which goes')
        file.set(utf8('Whose'), place)
        return resealedTable(file)
      },
      'its columns contradict each other',
    ],
    [
      'Parquet that another program wrote',
      async () => replaced(await fileOf('result-parquet'), '"seal"', '"flag"'),
      'Jumppad did not write it',
    ],
    ['too much', async () => new Uint8Array(257 * 1024 * 1024).fill(65), 'found 269484032 bytes'],
  ])('refuses, with a reason: %s', async (_, file, said) => {
    const reading = decodeResult(await file())
    await expect(reading).rejects.toThrow(ArchiveError)
    await expect(reading).rejects.toThrow(said)
  })

  it('a result is not a file of labels', async () => {
    for (const id of ['result-jsonl', 'result-npz']) {
      const file = await fileOf(id)
      expect(() => decodeArchive(file)).toThrow('it holds the result of a study')
    }
    await expect(decodeLabelsParquet(await fileOf('result-parquet'))).rejects.toThrow(
      'it holds the result of a study',
    )
  })

  it.each(['result-jsonl', 'result-npz', 'result-parquet'])(
    'refuses a damaged file with a sentence, or reads the same: %s',
    async (id) => {
      const from = madeUpExport('graded', 1)
      const [good, result] = [await fileOf(id, from), aggregateLog(from.log, from)]
      let refused = 0
      await fc.assert(
        fc.asyncProperty(
          fc.nat(good.length - 1),
          fc.integer({ min: 1, max: 255 }),
          async (place, flip) => {
            const file = good.slice()
            file[place] = (file[place] ?? 0) ^ flip
            try {
              expect(await decodeResult(file)).toEqual(result)
            } catch (error) {
              expect(error).toBeInstanceOf(ArchiveError)
              refused++
            }
          },
        ),
        { numRuns: 200 },
      )
      expect(refused).toBeGreaterThan(100)
    },
  )
})

it('every format has a name of its own on the command line', () => {
  const ids = STUDY_FILE_FORMATS.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  // Loading Parquet costs the page 100 kB, so nothing may load it before it is used.
  for (const file of ['formats.ts', 'decode-result.ts', 'frames.ts', 'study-archive.ts']) {
    const source = readFileSync(new URL(file, import.meta.url), 'utf8')
    expect(source).not.toMatch(/^import[^\n]*parquet/m)
  }
})
