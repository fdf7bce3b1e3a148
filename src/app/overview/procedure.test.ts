import { expect, it } from 'vitest'
import { madeUpResults } from '../../procedure/testing/made-up-results.ts'
import { failuresOf } from '../data/failures.ts'
import { accuracyPanels, meansOf } from './charts/accuracy.ts'
import { curvePanels, variantsOf } from './charts/curves.ts'
import { agentsOf, reachedShare } from './procedure.ts'
import { recoveryRows } from './recovery.ts'

const RESULTS = madeUpResults(1)

it('shows the shipped policy for its stage, not the best or the first', () => {
  const unshipped = RESULTS.agents.map(({ file: _, ...agent }) => agent)
  const agents = unshipped.map((agent) =>
    agent.seed === 2 ? { ...agent, file: 'shipped.onnx' } : agent,
  )
  const shipped = agentsOf({ ...RESULTS, agents }, 'aligned-left')
  expect(shipped?.shown.seed).toBe(2)
  expect(shipped?.others.map(({ seed }) => seed)).toEqual([1, 3])
  expect(agentsOf({ ...RESULTS, agents: unshipped }, 'aligned-left')?.shown.seed).toBe(1)
  expect(agentsOf(RESULTS, 'nonsense')).toBeUndefined()
})

it('counts episodes that reach any jumppad, or the intended one', () => {
  const left = agentsOf(RESULTS, 'aligned-left')
  const base = agentsOf(RESULTS, 'base')
  if (!left || !base) throw new Error('The made-up results have both.')
  expect(reachedShare(left.shown, 'left')).toBeCloseTo(0.978)
  expect(reachedShare(base.shown, undefined)).toBeCloseTo(0.525)
})

it('shows only failures, by kind, in the order of the rules', () => {
  const episode = RESULTS.trajectories[0]?.episodes[0]
  if (!episode) throw new Error('The made-up results have an episode.')
  const gallery = ['bad navigation', 'success', 'shadow boxing', 'bad navigation'].map((kind) => ({
    stage: 'base',
    kind,
    episode,
  }))
  const failures = failuresOf({ ...RESULTS, gallery }, 'base')
  expect(failures.map(({ title, episodes }) => [title, episodes.length])).toEqual([
    ['Shadow boxing', 1],
    ['Bad navigation', 2],
  ])
  expect(failuresOf(RESULTS, 'base')).toEqual([])
})

it('compares the starts away from the spawn side by side', () => {
  const rows = recoveryRows(RESULTS)
  expect(rows.map(({ start }) => start)).toEqual([
    'spawn',
    'facing-backwards',
    'side-platform',
    'past-jumppads',
  ])
  expect(rows.every(({ agents }) => agents.every((agent) => agent?.seed === 1))).toBe(true)
})

it('plots every run and its mean, with the paper alongside', () => {
  const [trained, frozen, paper] = accuracyPanels(RESULTS)
  expect(trained?.dots).toHaveLength(48)
  expect(trained?.means).toHaveLength(12)
  expect(frozen?.sizes).toEqual([20, 50, 100, 200, 500, 1000])
  expect(paper?.summary).toContain('Random encoder: 41.0 at 50')
  const { rewardRuns: _, ...unmeasured } = RESULTS
  expect(
    accuracyPanels(unmeasured).map(({ title, summary }) => [
      title,
      summary === 'Not measured yet.',
    ]),
  ).toEqual([
    ['Trunk trained', true],
    ['The paper’s', false],
  ])
  const dot = { encoder: 'agent', comparisons: 50 } as const
  expect(meansOf([90, 94].map((accuracy) => ({ ...dot, accuracy })))).toEqual([
    { ...dot, accuracy: 92 },
  ])
})

it('draws one line per run, as long as its number of updates', () => {
  expect(variantsOf(RESULTS.reinforcement).map(({ variant }) => variant)).toEqual([
    'main line',
    'without preference fine-tuning',
  ])
  const [left] = curvePanels(RESULTS.reinforcement, 'preference')
  expect(left?.lines).toHaveLength(6)
  expect(left?.rows).toHaveLength(60)
  expect(Object.keys(left?.rows[0]?.values ?? {})).toHaveLength(6)
  expect(Object.keys(left?.rows[59]?.values ?? {})).toHaveLength(3)
  expect(left?.summary).toMatch(/main line, seed 1: from \d+ % to \d+ % in 23 updates/)
})
