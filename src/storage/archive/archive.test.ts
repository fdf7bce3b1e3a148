import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { gzipSync, unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { LABEL_VERDICTS, type Session, STRENGTHS } from '../../alignment/labels/index.ts'
import {
  madeUpClip,
  madeUpId,
  madeUpSession,
} from '../../alignment/labels/testing/made-up-labels.ts'
import { HOME_MAP, ISLANDS } from '../../island/index.ts'
import {
  madeUpArchive,
  madeUpCorrection,
  madeUpEntry,
  smallArchive,
} from '../testing/made-up-archive.ts'
import {
  type Archive,
  ArchiveError,
  consistentPart,
  decodeArchive,
  encodeLines,
  encodeNpz,
  mergeContents,
} from './index.ts'
import { resealed } from './testing/reseal.ts'

const texts = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((text) => text.replace(/\p{Cc}/gu, ' '))

/** Fields of labels that are absent unless something was said about the answer. */
const answers = fc.record(
  {
    strength: fc.constantFrom(...STRENGTHS),
    reasons: fc.array(texts, { maxLength: 3 }),
    awayMs: fc.double({ min: 0, minExcluded: true, max: 1e6, noNaN: true }),
  },
  { requiredKeys: [] },
)

const study: Session['study'] = {
  id: madeUpId(0x57d),
  digest: 'cd'.repeat(32),
  labeller: 7,
  slot: 2,
}

/** Archives of up to six labels with texts in all scripts, some of them corrected. */
const archives = fc
  .array(
    fc.record({
      verdict: fc.constantFrom(...LABEL_VERDICTS),
      question: fc.string({ unit: 'grapheme', maxLength: 40 }),
      responseMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
      human: fc.boolean(),
      corrected: fc.boolean(),
      inStudy: fc.boolean(),
      island: fc.option(fc.constantFrom(...ISLANDS.slice(1)), { nil: undefined }),
      answer: answers,
    }),
    { maxLength: 6 },
  )
  .map((list) => {
    const entries = list.flatMap(({ verdict, human, corrected, answer, ...given }, n) => {
      const question = given.question.replace(/\p{Cc}/gu, ' ')
      const session = madeUpSession({
        question,
        labeller: 'Зоя 🦓',
        ...(given.inStudy && { study }),
        ...(given.island && { island: { title: 'Ö', map: given.island.map } }),
      })
      const responseMs = given.responseMs + 0
      const { strength, ...rest } = answer
      const prefers = verdict === 'first' || verdict === 'second'
      const graded = prefers && strength ? { strength } : {}
      const entry = madeUpEntry(n, session, { verdict, responseMs, ...rest, ...graded })
      const clip = { ...entry.clips[0], authors: 'h'.repeat(entry.clips[0].authors.length) }
      const played = human ? ({ ...entry, clips: [clip, entry.clips[1]] } as const) : entry
      return corrected ? [played, madeUpCorrection(played, 100 + n, 'tie')] : [played]
    })
    return madeUpArchive(entries)
  })

describe('label files', () => {
  it.each([
    ['JSON Lines', encodeLines],
    ['NPZ', encodeNpz],
  ])('round-trip in full as %s', (_, encode) => {
    fc.assert(
      fc.property(archives, (archive) => {
        expect(decodeArchive(encode(archive))).toEqual(archive)
      }),
      { numRuns: 40 },
    )
  })

  it.each(['jsonl', 'npz'])('of the first version are still read: %s', (ending) => {
    const file = readFileSync(join(import.meta.dirname, 'testing', 'files', `labels-1.${ending}`))
    expect(decodeArchive(file)).toEqual(smallArchive())
  })

  it('are refused with a clip on an island that cannot be played on', () => {
    // The only spawn is in the sea.
    const map = { ...HOME_MAP, spawns: [{ x: 60, z: 60 }] }
    const session = madeUpSession({ island: { title: 'Broken', map } })
    const bytes = encodeLines(madeUpArchive([madeUpEntry(1, session)]))
    expect(() => decodeArchive(bytes)).toThrow(
      'is on an island that cannot be played on: The spawn',
    )
    const only = encodeLines({ ...madeUpArchive([]), sessions: [session] })
    expect(() => decodeArchive(only)).toThrow(/^[^.]*session .* cannot be played on: The spawn/)
  })

  it('leave out labels with a missing clip, and the corrections of those labels', () => {
    const { header: _, ...contents } = smallArchive()
    const clips = contents.clips.filter(({ id }) => id !== madeUpClip(2).id)
    const { whole, leftOut } = consistentPart({ ...contents, clips })
    // Clip 2 is in pairs 1 and 2; pair 2's correction is dropped with it.
    expect(leftOut).toBe(3)
    expect(whole.labels.map(({ id }) => id)).toEqual([madeUpId(3)])
    expect(decodeArchive(encodeLines({ ...smallArchive(), ...whole })).clips).toHaveLength(2)
  })
})

function utf16(text: string): Uint8Array {
  const units = Uint16Array.from(`\ufeff${text}`, (unit) => unit.charCodeAt(0))
  return new Uint8Array(units.buffer)
}

function twice(line: string): string {
  return line.replace('"verdict":', '"verdict":"tie","verdict":')
}

describe('reading a label file', () => {
  const good = new TextDecoder().decode(encodeLines(smallArchive()))
  const lines = (change: (lines: string[]) => string[]): Uint8Array =>
    resealed(new TextEncoder().encode(`${change(good.trimEnd().split('\n')).join('\n')}\n`))
  const record = (index: number, change: Record<string, unknown>): Uint8Array =>
    lines((all) => all.with(index, JSON.stringify({ ...JSON.parse(all[index] ?? ''), ...change })))
  const text = (content: string): Uint8Array => new TextEncoder().encode(content)
  /** Line order: header, session, clips 1 to 4, labels 1 to 3, the correction of 2, end. */
  const [clip, label, correction] = [2, 6, 9]

  it.each<[string, Uint8Array, string]>([
    ['nothing in it', text(''), 'it is empty; choose a file that Jumppad exported'],
    ['another kind of file', text('a,b\n1,2\n'), 'first line is not a JSON object'],
    ['another JSON file', text('{"type":"header"}\n'), 'it is not marked as format'],
    [
      'a newer form',
      record(0, { version: 4 }),
      'found version 4 of the format, expected 3 at most; it is from a newer release',
    ],
    [
      'a version that never was',
      record(0, { version: 0 }),
      'its header is not as expected (at version',
    ],
    ['half of it', text(good.slice(0, good.length / 2)), 'it was cut off: copy or download'],
    ['no end', lines((all) => all.slice(0, -1)), 'its end line is missing'],
    ['one letter changed', text(good.replace('Ada', 'Ida')), 'found content of digest'],
    ['a line missing', lines((all) => all.toSpliced(9, 1)), 'found 3 labels, its end line says 4'],
    ['a clip missing', lines((all) => all.toSpliced(clip, 1)), 'end line says'],
    ['a strange line', record(clip, { type: 'secret' }), 'line 3 is neither'],
    [
      'a strange field',
      record(label, { extra: 1 }),
      'line 7 is invalid: Unrecognized key: "extra"',
    ],
    ['a clip with another name', record(clip, { seed: 99 }), 'from its content'],
    ['no base64', record(clip, { actions: '!' }), 'no actions or no path in base64'],
    ['half an action', record(clip, { actions: 'AAAA' }), 'cut off within a number'],
    ['a wrong verdict', record(label, { verdict: 'left' }), 'line 7 is invalid: at verdict'],
    [
      'an endless number',
      lines((all) => all.with(6, (all[6] ?? '').replace('Ms":4000', 'Ms":1e999'))),
      'at responseMs',
    ],
    ['a lost session', record(label, { session: madeUpId(5) }), 'needs session'],
    ['a lost clip', record(label, { first: '0'.repeat(16) }), 'needs clip'],
    ['one label twice', record(label + 1, { id: madeUpId(1) }), `${madeUpId(1)} occurs twice`],
    ['a circle', record(label, { corrects: madeUpId(9) }), 'before it, which is missing'],
    [
      'a correction of another pair',
      record(correction, { corrects: madeUpId(1) }),
      'a different first',
    ],
    ['a long line', text(`${good}${' '.repeat(40_001)}`), 'is longer than 40000 bytes'],
    ['endless lines', new Uint8Array(600_000).fill(10), 'it has more than 500000 lines'],
    ['deep nesting', lines((all) => all.with(6, '['.repeat(9000))), 'line 7 is not a JSON object'],
    ['one field twice', lines((all) => all.with(6, twice(all[6] ?? ''))), 'with unique fields'],
    ['an ending that it does not come to', record(clip, { ending: 'left' }), 'ends at "none"'],
    ['two files in one', text(good + good), 'another label file starts at its line 12'],
    ['a compressed file', gzipSync(text(good)), 'compressed with gzip; unpack it'],
    [
      'lines with another layout',
      text(JSON.stringify({ a: 1 }, null, 2)),
      'spread over several lines',
    ],
    ['half a UTF-16 text', utf16(good).subarray(0, -1), 'not complete UTF-16 text'],
    ['bytes of no text', Uint8Array.of(...text('{"a":"'), 0xff, 10), 'first line is not a JSON'],
    ['no zip', text('PK but no zip'), 'it is not a complete zip file'],
    ['another zip', zipSync({ 'a.txt': text('hi') }), 'it contains files other than arrays'],
    [
      'a compressed zip',
      zipSync({ 'digest.npy': new Uint8Array(9000) }),
      'its arrays are compressed',
    ],
    ['an empty zip', zipSync({}), 'its array "digest" is missing'],
    [
      'no array',
      zipSync({ 'a.npy': text('hi') }, { level: 0 }),
      'does not start like a NumPy array',
    ],
  ])('refuses, with a reason: %s', (_, bytes, message) => {
    expect(() => decodeArchive(bytes)).toThrow(ArchiveError)
    expect(() => decodeArchive(bytes)).toThrow(message)
  })

  it.each<[string, Uint8Array]>([
    ['a mark of the byte order', Uint8Array.of(0xef, 0xbb, 0xbf, ...text(good))],
    ['UTF-16', utf16(good)],
    ['Windows’ ends of lines', text(good.replaceAll('\n', '\r\n'))],
  ])('accepts the changes of a text editor: %s', (_, bytes) => {
    expect(decodeArchive(bytes)).toEqual(smallArchive())
  })

  it('is not fooled by names that every object has', () => {
    const withField = (field: string) => () =>
      decodeArchive(lines((all) => all.with(label, (all[label] ?? '').replace('{', `{${field},`))))
    expect(withField('"__proto__":{"verdict":"tie"}')).toThrow('line 7 is not a JSON object')
    expect(withField('"constructor":{"x":1}')).toThrow('line 7 is invalid')
    expect(Object.keys(Object.prototype)).toEqual([])
    expect('verdict' in {}).toBe(false)
  })

  it('detects a changed array, which fflate would accept', () => {
    const files = unzipSync(encodeNpz(smallArchive()))
    files['label_verdict.npy']?.fill(3, -1)
    expect(() => decodeArchive(zipSync(files, { level: 0 }))).toThrow('found content of digest')
  })
})

describe('mergeContents', () => {
  const [mine, theirs] = [smallArchive(), madeUpArchive([madeUpEntry(2), madeUpEntry(7)])]
  const joined = (a: Archive, b: Archive): Archive => {
    const { added } = mergeContents(a, b)
    return {
      header: a.header,
      sessions: [...a.sessions, ...added.sessions],
      clips: [...a.clips, ...added.clips],
      labels: [...a.labels, ...added.labels],
    }
  }

  it('adds new entries once, and reports differences', () => {
    const { added, known, conflicts } = mergeContents(mine, theirs)
    expect(added.labels.map(({ id }) => id)).toEqual([madeUpId(7)])
    expect(added.clips).toHaveLength(2)
    expect(known).toBe(3)
    // Theirs prefers the first clip; mine is a tie with the sides swapped.
    expect(conflicts).toEqual([{ kind: 'labels', id: madeUpId(2), fields: ['left', 'verdict'] }])
    const again = mergeContents(joined(mine, theirs), theirs)
    expect(again.added).toEqual({ sessions: [], clips: [], labels: [] })
    expect(mergeContents(mine, mine)).toMatchObject({ known: 9, conflicts: [] })
  })

  it('refuses a correction of a label whose ID belongs to a different label here', () => {
    const { added, conflicts } = mergeContents(theirs, mine)
    expect(added.labels.map(({ id }) => id)).toEqual([madeUpId(1), madeUpId(3)])
    expect(conflicts.map(({ id, fields }) => [id, fields])).toEqual([
      [madeUpId(2), ['left', 'verdict']],
      [madeUpId(9), ['corrects']],
    ])
    const whole = joined(theirs, mine)
    expect(decodeArchive(encodeLines(whole))).toEqual(whole)
  })

  it('counts labels corrected in both places, once', () => {
    const entry = madeUpEntry(1)
    const here = madeUpArchive([entry, madeUpCorrection(entry, 20, 'tie')])
    const there = madeUpArchive([entry, madeUpCorrection(entry, 21, 'second')])
    expect(mergeContents(here, there)).toMatchObject({ correctedTwice: 1, conflicts: [] })
    expect(mergeContents(joined(here, there), there).correctedTwice).toBe(0)
    expect(mergeContents(madeUpArchive([entry]), there).correctedTwice).toBe(0)
  })
})
