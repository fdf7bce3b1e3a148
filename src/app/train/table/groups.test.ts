import { describe, expect, it } from 'vitest'
import { islandNamed } from '../../../island/index.ts'
import type { TrainingPlan } from '../../../procedure/training/index.ts'
import { ALIGN, REWARD } from '../../../procedure/training/testing/made-up-training.ts'
import { madeUpRun } from '../../../storage/testing/made-up-run.ts'
import { NO_DIGEST } from '../../training/labels.ts'
import { groupKey, groupNames, groupsOf, nameOfGroup } from './groups.ts'

/** Returns copies of a value, each with one field changed, at any depth. */
function* mutations(value: unknown, path = ''): Generator<readonly [string, unknown]> {
  if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value)) {
      for (const [where, changed] of mutations(field, `${path}.${name}`)) {
        yield [where, { ...value, [name]: changed }]
      }
    }
    return
  }
  if (typeof value === 'number') yield [path, value + 1]
  if (typeof value === 'boolean') yield [path, !value]
  if (typeof value === 'string') yield [path, `${value}x`]
}

/** Returns a plan with the same fields in the opposite order, at any depth. */
function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const fields = Object.entries(value).map(([name, field]) => [name, reversed(field)] as const)
  return Object.fromEntries(fields.toReversed())
}

describe('the key of a group', () => {
  const plans: readonly TrainingPlan[] = [ALIGN, REWARD, madeUpRun(1).plan]

  it.each(plans)('changes with every field but the seed and the names of models: $kind', (plan) => {
    const same = [...mutations(plan)].filter(([, changed]) => {
      return groupKey(changed as TrainingPlan) === groupKey(plan) // a plan but for one value
    })
    const names = 'reward' in plan ? ['.start.name', '.reward.name'] : ['.start.name']
    expect(same.map(([where]) => where).toSorted()).toEqual([...names, '.seed'].toSorted())
  })

  it('counts an island by its map, not by its title', () => {
    const on = (title: string, id: string) => {
      const map = islandNamed(id)?.map ?? expect.fail('The island is missing')
      const { plan } = madeUpRun(1)
      return groupKey(plan.kind === 'reinforcement' ? { ...plan, island: { title, map } } : plan)
    }
    expect(on('Own island', 'bent-west')).toBe(on('Bay', 'bent-west'))
    expect(on('Bay', 'longer')).not.toBe(on('Bay', 'bent-west'))
  })

  it('does not depend on the order of fields', () => {
    for (const plan of plans) {
      expect(groupKey(reversed(plan) as TrainingPlan)).toBe(groupKey(plan)) // the same fields
    }
  })
})

describe('groups', () => {
  const plans = [1, 2, 3].flatMap((seed) => [
    { ...ALIGN, seed },
    { ...REWARD, seed },
  ])
  const runs = plans.map((plan, n) => madeUpRun(n, { plan, state: 'done' })).toReversed()

  it('have the same members whatever the order and the ids of the runs', () => {
    const members = (of: typeof runs) =>
      groupsOf(of)
        .map(({ counted }) => counted.map(({ plan }) => `${plan.kind} ${plan.seed}`).join(', '))
        .toSorted()
    const expected = ['align 1, align 2, align 3', 'reward 1, reward 2, reward 3']
    expect(members(runs)).toEqual(expected)
    expect(members(runs.toReversed())).toEqual(expected)
    const renumbered = runs.map((run, n) => ({ ...run, id: madeUpRun(100 - n).id }))
    expect(members(renumbered)).toEqual(expected)
  })

  it('count the newest finished run of each seed, and keep the others apart', () => {
    const plan = { ...ALIGN, seed: 1 }
    const [group, ...others] = groupsOf([
      madeUpRun(5, { plan, state: 'running' }),
      madeUpRun(4, { plan, state: 'done' }),
      madeUpRun(3, { plan, state: 'done' }),
      madeUpRun(2, { plan: { ...plan, seed: 2 }, state: 'diverged' }),
      madeUpRun(1, { plan: { ...plan, seed: 0 }, state: 'done' }),
    ])
    expect(others).toEqual([])
    expect(group?.seeds).toEqual([0, 1, 2])
    expect(group?.counted.map(({ name }) => name)).toEqual(['Run 1', 'Run 4'])
    expect(group?.unfinished.map(({ name }) => name)).toEqual(['Run 5', 'Run 2'])
  })

  it('do not join runs whose data has no digest', () => {
    const labels = { ...ALIGN.labels, sha256: NO_DIGEST }
    const two = [1, 2].map((seed) => madeUpRun(seed, { plan: { ...ALIGN, seed, labels } }))
    expect(groupsOf(two)).toHaveLength(2)
  })

  it('have names of their own, which stay when newer runs are added', () => {
    const longer = { ...ALIGN, preferenceFineTuning: false }
    const before = groupNames(runs)
    const newer = madeUpRun(50, { plan: longer })
    const after = groupNames([newer, ...runs])
    for (const run of runs) expect(nameOfGroup(run, after)).toBe(nameOfGroup(run, before))
    expect(nameOfGroup(newer, after)).toBe('Aligned, own labels (2)')
  })
})
