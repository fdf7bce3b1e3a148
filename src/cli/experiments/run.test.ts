import { expect, it } from 'vitest'
import { madeUpResults } from '../../procedure/testing/made-up-results.ts'
import { withAblation } from './run.ts'

it('replaces a variant that is run again in place, and appends a new one', () => {
  const results = madeUpResults(100)
  const [again] = results.ablations ?? []
  const [curve] = results.reinforcement
  if (!again || !curve) throw new Error('Expected ablations and their curves')
  const found = (variant: string) => ({
    ablation: { ...again, variant, updates: 7 },
    learning: { ...curve, variant, stopped: 'diverged' as const },
  })
  const names = ({ ablations }: typeof results) => ablations?.map(({ variant }) => variant)

  const replaced = withAblation(results, found(again.variant))
  expect(names(replaced)).toEqual(names(results))
  expect(replaced.ablations?.[0]?.updates).toBe(7)

  const added = withAblation(results, found('size huge'))
  expect(names(added)).toEqual([...(names(results) ?? []), 'size huge'])
  expect(added.reinforcement.at(-1)?.variant).toBe('size huge')
  expect(added.reinforcement.length).toBe(results.reinforcement.length + 1)
})
