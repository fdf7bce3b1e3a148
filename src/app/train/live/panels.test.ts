import { expect, it } from 'vitest'
import { defaultRecipe } from '../../../procedure/training/index.ts'
import { PLAN_VERSION, type PlanOf, trainingPlanSchema } from '../../../procedure/training/plan.ts'
import { panelsOf } from './panels.ts'

type Wanted = Extract<PlanOf<'align'>['labels'], { kind: 'judge' }>['wanted']

function planFor(wanted: Wanted) {
  const recipe = (part: 'reward' | 'preference' | 'reinforcement') => defaultRecipe(part)
  return trainingPlanSchema.parse({
    ...{
      version: PLAN_VERSION,
      worldVersion: 2,
      seed: 1,
      kind: 'align',
      preferenceFineTuning: false,
    },
    start: { name: 'Fine-tuned', sha256: '0'.repeat(64) },
    labels: { kind: 'judge', wanted, comparisons: 100, noise: 0, cantTell: 0 },
    recipes: {
      reward: recipe('reward'),
      preference: recipe('preference'),
      reinforcement: recipe('reinforcement'),
    },
  })
}

const panelFor = (wanted: Wanted, title: RegExp) =>
  panelsOf(planFor(wanted)).find((panel) => title.test(panel.title))

it('shows the share that arrives, and the measure, for a wish about style', () => {
  const slow = { measure: 'pace', direction: 'less' } as const
  expect(panelFor('left', /Reached the preferred/)).toBeDefined()
  expect(panelFor('left', /of those that arrive/)).toBeUndefined()
  expect(panelFor(slow, /Accuracy on held-out telling pairs/)).toBeDefined()
  expect(panelFor('left', /Accuracy on held-out labels/)).toBeDefined()
  expect(panelFor(slow, /Reached a jumppad/)).toMatchObject({ unit: ' %', scale: 100 })
  expect(panelFor(slow, /Pace, of those that arrive/)).toMatchObject({ unit: ' m/s' })
})

it('gives what is not the same another id, by which runs are compared', () => {
  const [slow, turning] = [
    { measure: 'pace', direction: 'less' },
    { measure: 'turning', direction: 'more' },
  ] as const
  const styles = [slow, turning].map((wish) => panelFor(wish, /of those that arrive/)?.id)
  expect(new Set(styles).size).toBe(2)
  expect(panelFor('left', /Reached the/)?.id).not.toBe(panelFor(slow, /Reached a/)?.id)
  expect(panelFor(slow, /Learned reward/)?.id).toBe(panelFor('left', /Learned reward/)?.id)
})
