import { expect, test } from 'vitest'
import { defaultRecipe } from '../../procedure/training/index.ts'
import { PLAN_VERSION, TRAINING_KINDS, type TrainingPlan } from '../../procedure/training/plan.ts'
import { changesIn, fieldsOf, problemOfText, readTypedRecipe, recipePartsOf } from './recipes.ts'

const rates = (text: string) => {
  const field = fieldsOf('reinforcement', {}).peakRate
  if (!field) throw new Error('The recipe has no learning rate')
  return problemOfText(field, text)
}

test('a text is read as its field allows, and an out-of-range value is reported', () => {
  expect(rates('1e-4')).toBeUndefined()
  expect(rates('2')).toMatch(/from 0 to 1/)
  expect(rates(' ')).toMatch(/expected/)
  const fields = fieldsOf('reward', {})
  expect(readTypedRecipe('reward', fields, { 'reward.steps': '0' })).toBeUndefined()
  const recipe = readTypedRecipe('reward', fields, {
    'reward.steps': '20',
    'reinforcement.steps': 'none',
  })
  expect(recipe).toMatchObject({ steps: 20, trunk: 'trained' })
})

test('a form in which nothing is typed gives the settings of the lab for that amount of data', () => {
  const amounts = [
    ...[{}, { comparisons: 140 }, { comparisons: 140, elsewhere: true }, { clips: 20 }],
    ...[
      { comparisons: 70, decisive: 25 },
      { comparisons: 70, decisive: 25, style: true },
    ],
  ]
  const parts = new Set(TRAINING_KINDS.flatMap((kind) => recipePartsOf(kind, true)))
  expect(parts.size).toBeGreaterThan(4)
  for (const part of parts) {
    for (const amount of amounts) {
      const recipe = readTypedRecipe(part, fieldsOf(part, amount), {})
      expect({ part, amount, recipe }).toEqual({
        part,
        amount,
        recipe: defaultRecipe(part, amount),
      })
    }
  }
})

test.each([
  [0.001, { comparisons: 70, decisive: 25 }],
  [0.01, { comparisons: 140, decisive: 50 }],
  [0.01, { comparisons: 70 }],
  [0.01, { comparisons: 70, decisive: 25, style: true }],
  [0.01, { comparisons: 70, decisive: 25, elsewhere: true }],
])('the KL penalty is %s for %o', (klWeight, amount) => {
  expect(defaultRecipe('reinforcement', amount)).toMatchObject({ klWeight })
})

test('only departures from the defaults for that number of comparisons count as changed', () => {
  const usual = readTypedRecipe('reward', fieldsOf('reward', { comparisons: 1000 }), {})
  const plan: TrainingPlan = {
    version: PLAN_VERSION,
    worldVersion: 2,
    seed: 1,
    start: { name: 'Fine-tuned', sha256: '0'.repeat(64) },
    kind: 'reward',
    labels: { kind: 'judge', wanted: 'left', comparisons: 1000, noise: 0, cantTell: 0 },
    recipe: { ...usual, jitter: 0 },
  }
  expect(changesIn(plan)).toEqual([{ part: 'reward', name: 'jitter', value: 0, usual: 0.25 }])
})
