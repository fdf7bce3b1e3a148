import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeAnswersFile, encodeAnswersFile } from './answers-file.ts'
import { madeUpLabelling } from './testing/made-up-messages.ts'
import { madeUpPreparedStudy } from './testing/made-up-study.ts'

const study = madeUpPreparedStudy({ title: 'Où est le « jumppad » ? 🏝' })
const messages = madeUpLabelling({ study, labeller: 2 }, () => 'first')
const file = encodeAnswersFile(study, messages)
const lines = file.split('\n')

describe('an answers file', () => {
  it('gives back its messages, and consists of ASCII, which no mail program changes', () => {
    const { id, title } = study
    expect(decodeAnswersFile(file)).toEqual({ study: { id, title }, messages })
    expect(decodeAnswersFile(encodeAnswersFile(study, [])).messages).toEqual([])
    expect(file).toMatch(/^[\n\x20-\x7e]+$/)
  })

  it('survives a mark in front, Windows line ends and empty lines at its end', () => {
    expect(decodeAnswersFile(`\uFEFF${lines.join('\r\n')}\r\n\r\n`).messages).toEqual(messages)
  })

  it('is refused wherever it is cut off', () => {
    const ends = fc.integer({ min: 1, max: file.trimEnd().length - 1 })
    fc.assert(
      fc.property(ends, (end) => {
        expect(() => decodeAnswersFile(file.slice(0, end))).toThrow(
          end < (lines[0]?.length ?? 0) ? /not a file of study answers/ : /incomplete|damaged/,
        )
      }),
    )
    expect(() => decodeAnswersFile(lines.slice(0, 4).join('\n'))).toThrow(
      'The answers file is incomplete: it stops at line 4, before its end line; ask the labeller to send it again.',
    )
  })

  it('is refused where a character was changed or a line is missing', () => {
    const places = fc.integer({ min: 1 + (lines[0]?.length ?? 0), max: file.trimEnd().length - 1 })
    fc.assert(
      fc.property(places, fc.constantFrom('a', '7', '\u2028'), (place, character) => {
        fc.pre(file[place] !== character)
        const changed = file.slice(0, place) + character + file.slice(place + 1)
        expect(() => decodeAnswersFile(changed)).toThrow(/incomplete|damaged/)
      }),
    )
    expect(() => decodeAnswersFile(lines.toSpliced(3, 1).join('\n'))).toThrow(
      `it has ${messages.length - 1} messages, but its end line says ${messages.length}`,
    )
  })

  it('is refused where it was made by something else', () => {
    const other = madeUpPreparedStudy({ id: '00000000-0000-4000-8000-00000000abcd' })
    expect(() => decodeAnswersFile(encodeAnswersFile(other, messages))).toThrow(
      'The answers file is damaged: its line 2 belongs to another study; ask the labeller to send it again.',
    )
    // A message that no labeller's browser writes, in a file whose digest is right.
    const [first] = messages
    const strange = encodeAnswersFile(study, first ? [{ ...first, labeller: -1 }] : [])
    expect(() => decodeAnswersFile(strange)).toThrow(/its line 2 is not a message of a labeller/)
    for (const foreign of ['', '{}', 'x', '[1]', JSON.stringify(study), '{"type":"header"}\n']) {
      expect(() => decodeAnswersFile(foreign)).toThrow(/^This is not a file of study answers/)
    }
  })

  it('is refused where it is of a newer version', () => {
    const newer = file.replace('"version":1', '"version":2')
    expect(() => decodeAnswersFile(newer)).toThrow(
      'The answers file has version 2, but this release reads version 1 at most: reload the page to get the newest release.',
    )
  })
})
