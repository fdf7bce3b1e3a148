import { expect, it } from 'vitest'
import { madeUpResults } from '../../procedure/testing/made-up-results.ts'
import { withAblations } from './run.ts'

it('replaces a run that is made again in place, and appends a new one', () => {
  const results = madeUpResults(100)
  const [again] = results.ablations ?? []
  const [curve] = results.reinforcement
  if (!again || !curve) throw new Error('Expected ablations and their curves')
  const found = (seed: number) => {
    const name = { variant: again.variant, wanted: again.wanted, seed }
    return {
      ablation: { ...again, ...name, updates: 7 },
      learning: { ...curve, ...name, stopped: 'diverged' as const },
    }
  }
  const names = ({ ablations = [] }: typeof results) =>
    ablations.map(({ variant, wanted, seed }) => [variant, wanted, seed].join(' '))

  const both = withAblations(results, [found(again.seed), found(99)])
  expect(names(both)).toEqual([...names(results), `${again.variant} ${again.wanted} 99`])
  expect(both.ablations?.[0]?.updates).toBe(7)
  expect(both.reinforcement.at(-1)).toMatchObject({ variant: again.variant, seed: 99 })
})
