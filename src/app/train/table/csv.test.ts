import { expect, it } from 'vitest'
import { ALIGN } from '../../../procedure/training/testing/made-up-training.ts'
import { madeUpRun } from '../../../storage/testing/made-up-run.ts'
import { curvesCsv, runsCsv } from './csv.ts'
import { groupNames } from './groups.ts'

/** Parser of RFC 4180, character by character, independent of the writer. */
function parsed(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quoted && character === '"' && text[at + 1] === '"') {
      cell += '"'
      at++
    } else if (character === '"') {
      quoted = !quoted
    } else if (!quoted && (character === ',' || character === '\r')) {
      row.push(cell)
      cell = ''
      if (character === ',') continue
      rows.push(row)
      row = []
      at++
    } else cell += character
  }
  expect([quoted, cell, row]).toEqual([false, '', []])
  return rows
}

const run = madeUpRun(2, {
  name: '=1+1, "quoted"\r\nline',
  note: '@SUM(A1)',
  tags: ['-tag', 'plain'],
  plan: { ...ALIGN, seed: 7 },
  state: 'done',
  seconds: 12.5,
  curves: {
    reward: [
      { step: 1, loss: 0.1 + 0.2 },
      { step: 2, loss: -1e-21 },
    ],
    rewardHeldOut: [{ step: 2, accuracy: 2 / 3, comparisons: 9 }],
    reinforcement: [{ step: 0, reward: 5, kl: 1 }],
  },
  result: { stopped: 'last update', heldOut: { accuracy: 2 / 3, comparisons: 9 } },
})
const other = madeUpRun(1, { plan: { ...ALIGN, seed: 8 }, curves: {} })
const names = groupNames([run, other])

it('has a row for each value of the curves, in full precision, and no formulas', () => {
  const [header, ...rows] = parsed(curvesCsv([run, other], names))
  expect(header?.join()).toBe('run,group,method,seed,tags,part,curve,step,metric,value')
  const cells = [`'${run.name}`, 'Aligned, own labels', 'Align', '7', "'-tag;plain"]
  expect(rows.map((row) => row.slice(0, 5))).toEqual(rows.map(() => cells))
  expect(rows.map((row) => row.slice(5))).toEqual([
    ['reward', 'reward', '1', 'loss', '0.30000000000000004'],
    ['reward', 'reward', '2', 'loss', '-1e-21'],
    ['reward', 'rewardHeldOut', '2', 'accuracy', '0.6666666666666666'],
    ['reward', 'rewardHeldOut', '2', 'comparisons', '9'],
    ['reinforcement', 'reinforcement', '0', 'reward', '5'],
    ['reinforcement', 'reinforcement', '0', 'kl', '1'],
  ])
  for (const row of rows) for (const cell of row.slice(0, 5)) expect(cell).not.toMatch(/^[=+\-@]/)
})

it('has a row for each run, oldest first, with a column for each summary number', () => {
  const [header = [], first, second, ...others] = parsed(runsCsv([run, other], names))
  expect(others).toEqual([])
  expect([first?.[0], second?.[0]]).toEqual(['Run 1', `'${run.name}`])
  const cell = (name: string) => second?.[header.indexOf(name)]
  expect(['note', 'state', 'seconds', 'KL', '% correct'].map(cell)).toEqual([
    ...["'@SUM(A1)", 'done', '12.5', '1', String(100 * (2 / 3))],
  ])
  expect(first).toHaveLength(header.length)
})
