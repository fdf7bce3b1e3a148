import { describe, expect, it } from 'vitest'
import type { EvaluatedEpisode } from '../../lab/evaluation/protocol.ts'
import type { Compared } from './compared.ts'
import { signTest, styleRows } from './style-data.ts'

const episode = (index: number, value: number, ending = 'left') =>
  ({ index, ending, style: [value] }) as unknown as EvaluatedEpisode // the fields that are read

const policy = (letter: string, episodes: readonly EvaluatedEpisode[]) =>
  ({ letter, run: { episodes } }) as unknown as Compared // the fields that are read

describe('the sign test', () => {
  it('pairs episodes by their beginnings, and leaves out those that only one has', () => {
    const first = [1, 2, 3, 4, 5].map((value, index) => episode(index, value))
    const second = [episode(1, 9), episode(2, 9), episode(3, 4), episode(4, 0), episode(7, 9)]
    expect(signTest(first, second, 0)).toEqual({ higher: 2, lower: 1, equal: 1, p: 1 })
    expect(signTest(second, first, 0)).toMatchObject({ higher: 1, lower: 2 })
    const more = Array.from({ length: 8 }, (_, index) => episode(index, 9))
    const less = Array.from({ length: 8 }, (_, index) => episode(index, 1))
    expect(signTest(less, more, 0).p).toBeCloseTo(2 / 2 ** 8, 12)
  })
})

describe('the rows of the chart', () => {
  it('end at 100 % whatever rounding does', () => {
    for (let index = 1; index < 200; index++) {
      const values = [0.1 * index, 0.7 / index, 1 / 3]
      const rows = styleRows(
        [
          policy(
            'A',
            values.map((value, i) => episode(i, value)),
          ),
        ],
        0,
        'all',
      )
      expect(rows.at(-1)?.points.A?.share).toBe(1)
    }
  })

  it('end at 100 % for every policy, and leave out those without episodes that count', () => {
    const compared = [
      policy('A', [episode(0, 2), episode(1, 6, 'none'), episode(2, 4)]),
      policy('B', [episode(0, 8, 'none')]),
    ]
    const all = styleRows(compared, 0, 'all')
    expect(all[0]).toMatchObject({ value: 2, points: { A: { share: 1 / 3 }, B: { share: 0 } } })
    expect(all.at(-1)).toMatchObject({ value: 8, points: { A: { share: 1 }, B: { share: 1 } } })
    const arriving = styleRows(compared, 0, 'arriving')
    expect(arriving.at(-1)?.value).toBe(4)
    expect(Object.keys(arriving.at(-1)?.points ?? {})).toEqual(['A'])
  })
})
