import { describe, expect, it } from 'vitest'
import { cohensKappa, nominalAlpha } from './index.ts'

/** Returns the answers of two labellers that make up a contingency table. */
function fromTable(table: number[][]): [string[], string[]] {
  const cells = table.flatMap((row, a) => row.flatMap((n, b) => Array(n).fill([`${a}`, `${b}`])))
  return [cells.map(([a]) => a), cells.map(([, b]) => b)]
}

/** Parses units from one line of answers per labeller; `.` marks a missing answer. */
function fromLines(lines: string[]): string[][] {
  const people = lines.map((line) => line.split(' '))
  return (people[0] ?? []).map((_, unit) =>
    people.map((answers) => answers[unit] ?? '.').filter((answer) => answer !== '.'),
  )
}

describe('cohensKappa', () => {
  it('agrees with the example of Cohen 1960', () => {
    // Educational and Psychological Measurement 20:37–46, table 2: 200 patients, three diagnoses.
    const table = [
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ]
    expect(cohensKappa(...fromTable(table))).toBeCloseTo(0.492, 3)
  })

  it('is 1 at full agreement, and undefined when chance alone always agrees', () => {
    expect(cohensKappa(['a', 'b'], ['a', 'b'])).toBe(1)
    expect(cohensKappa(['a', 'b'], ['b', 'a'])).toBe(-1)
    expect(cohensKappa(['a', 'a'], ['a', 'a'])).toBeUndefined()
    expect(cohensKappa([], [])).toBeUndefined()
    expect(() => cohensKappa(['a'], [])).toThrow('Found 1 answers and 0')
  })
})

describe('nominalAlpha', () => {
  it('agrees with the examples of Krippendorff 2011, "Computing Krippendorff’s Alpha-Reliability"', () => {
    // Section A: two observers, binary, nothing missing.
    const binary = ['0 1 0 0 0 0 0 0 1 0', '1 1 1 0 0 1 0 0 0 0']
    expect(nominalAlpha(fromLines(binary))).toBeCloseTo(0.095, 3)
    // Section C: four observers, five values, some missing; one unit was seen by one of them only.
    const nominal = [
      '1 2 3 3 2 1 4 1 2 . . .',
      '1 2 3 3 2 2 4 1 2 5 . 3',
      '. 3 3 3 2 3 4 2 2 5 1 .',
      '1 2 3 3 2 4 4 1 2 5 1 .',
    ]
    expect(nominalAlpha(fromLines(nominal))).toBeCloseTo(0.743, 3)
  })

  it('agrees with the example of three coders that Wikipedia computes', () => {
    // en.wikipedia.org/wiki/Krippendorff's_alpha, "A computational example".
    const coders = [
      '. . . . . 3 4 1 2 1 1 3 3 . 3',
      '1 . 2 1 3 3 4 3 . . . . . . .',
      '. . 2 1 3 4 4 . 2 1 1 3 3 . 4',
    ]
    expect(nominalAlpha(fromLines(coders))).toBeCloseTo(0.691, 3)
  })

  it('is undefined when nothing can be paired or nothing varies', () => {
    expect(nominalAlpha([['a'], ['b']])).toBeUndefined()
    expect(nominalAlpha([['a', 'a']])).toBeUndefined()
    expect(nominalAlpha([])).toBeUndefined()
  })
})
