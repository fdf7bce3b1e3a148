import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { wishName } from '../../evaluation/index.ts'
import { readResults, type WishGroup, wishGroups } from '../../procedure/index.ts'

// The Overview says in words what wishes about style changed; this holds the words to the shipped numbers.

const groups = wishGroups(readResults(JSON.parse(await readFile('models/results.json', 'utf8'))))

function groupOf(name: string, start: string): WishGroup {
  const found = groups.find((group) => wishName(group.wish) === name && group.start === start)
  return found ?? expect.fail(`There are no results with “${name}” from ${start}`)
}

it('has three seeds of each of the three demonstrations from both agents', () => {
  expect(groups).toHaveLength(6)
  expect(groups.map(({ seeds }) => seeds)).toEqual([3, 3, 3, 3, 3, 3])
  expect(Math.max(...groups.map(({ comparisons }) => comparisons))).toBeLessThanOrEqual(200)
})

it('keeps closer to the sea from either agent', () => {
  for (const start of ['base', 'fine-tuned']) {
    const { difference, arrived } = groupOf('less shore-distance', start)
    expect(difference?.interval?.high).toBeLessThan(0)
    expect(Math.min(...arrived.after)).toBeGreaterThan(arrived.before)
  }
})

it('swings longer with two seeds from the base agent, and hardly at all from the fine-tuned one', () => {
  const { style } = groupOf('more swinging', 'base')
  expect(style.before).toBeGreaterThan(1)
  expect(style.after.filter((share) => share > 30)).toHaveLength(2)
  const { style: tuned } = groupOf('more swinging', 'fine-tuned')
  expect(tuned.before).toBe(0)
  expect(Math.max(...tuned.after)).toBeLessThan(1)
})

it('moves a little slower, at the cost of arriving with two seeds from the base agent', () => {
  for (const start of ['base', 'fine-tuned']) {
    expect(groupOf('less pace', start).difference?.interval?.high).toBeLessThan(0)
  }
  const { arrived } = groupOf('less pace', 'base')
  expect(arrived.after.filter((share) => share < 2 / 3)).toHaveLength(2)
  const tuned = groupOf('less pace', 'fine-tuned').arrived
  expect(Math.min(...tuned.after)).toBeGreaterThan(tuned.before)
})
