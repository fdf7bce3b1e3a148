import { describe, expect, it } from 'vitest'
import type { Wish } from '../../evaluation/wish.ts'
import {
  amountOf,
  METHODS,
  styleWishOf,
  TRAINING_KINDS,
  type TrainingPlan,
} from '../../procedure/training/index.ts'
import type { Candidate } from '../data/candidates.ts'
import { wantedBy } from '../stages.ts'
import { readProperties } from '../stores/url-properties.ts'
import { addressOf } from './address.ts'
import { DRAFT_PROPERTIES, type Draft } from './draft.ts'
import { panelsOf } from './live/panels.ts'
import { amountInDraft, plansFromDraft, type TrainingInputs } from './plan-from-draft.ts'

const candidate = (stage: string, kind: Candidate['kind'], sha256: string): Candidate => ({
  ...{ name: stage, file: `${stage}.onnx`, title: stage, stage, kind, sha256 },
  from: 'site',
  parameters: undefined,
  source: () => Promise.reject(new Error('No file is needed')),
})

const START = candidate('fine-tuned', 'policy', 'ab'.repeat(32))

const inputs = (rewardStage = 'reward-left', rewardWish?: Wish): TrainingInputs => ({
  start: START,
  reward: candidate(rewardStage, 'reward', 'cd'.repeat(32)),
  rewardWish: rewardWish ?? wantedBy(rewardStage),
  labelled: undefined,
  clips: [],
})

/** Returns the draft of an address, as the page reads it. */
function draftOf(address: string): Draft {
  return readProperties(DRAFT_PROPERTIES, new URLSearchParams(address.split('?')[1]))
}

/** Returns the only plan of a draft. */
function planOf(draft: Draft, given = inputs()): TrainingPlan {
  const [plan, ...others] = plansFromDraft(draft, given)
  if (typeof plan !== 'object' || others.length > 0) throw new Error(`Found no plan: ${plan}`)
  return plan
}

const KINDS = TRAINING_KINDS.filter((job) => METHODS[job].material !== 'clips')

describe.each(['home', 'fourth'])('a training on the island %s', (island) => {
  it.each(KINDS)('has the defaults for its data, and a similar run is the same: %s', (job) => {
    const draft = { ...draftOf(''), job, island, labels: 'judge' as const }
    const plan = planOf(draft)
    expect(amountInDraft(draft, inputs())).toEqual(amountOf(plan))
    const again = draftOf(
      addressOf(plan, [START, candidate('reward-left', 'reward', 'cd'.repeat(32))]),
    )
    expect(again.set).toBe('')
    expect(planOf(again)).toEqual(plan)
  })
})

it('similar to one from before there was a choice of optimizers is trained with AdamW again', () => {
  const plan = planOf({ ...draftOf(''), labels: 'judge' })
  if (plan.kind !== 'align') throw new Error('expected an alignment')
  const { optimiser: _, ...earlier } = plan.recipes.reinforcement
  const old = { ...plan, recipes: { ...plan.recipes, reinforcement: earlier } }
  const again = planOf(draftOf(addressOf(old, [START])))
  expect(again).toMatchObject({ recipes: { reinforcement: { ...earlier, optimiser: 'adamw' } } })
})

it('goes on for the style that the reward model was trained for', () => {
  const draft = { ...draftOf(''), job: 'reinforcement' as const, island: 'no-left' }
  const wish = { measure: 'pace', direction: 'less' } as const
  const plan = planOf(draft, inputs('reward-own', wish))
  expect(styleWishOf(plan)).toEqual(wish)
  expect(panelsOf(plan).map(({ title }) => title)).toContain('Pace, of those that arrive')
})

it('is refused on an island that lacks the jumppad of the reward model', () => {
  const draft = { ...draftOf(''), job: 'reinforcement' as const, island: 'no-left' }
  expect(plansFromDraft(draft, inputs())).toBe(
    'The reward model prefers the left jumppad, which “Without the left one” does not have: choose another island.',
  )
  expect(planOf(draft, inputs('reward-right'))).toMatchObject({
    island: { title: 'Without the left one' },
    recipe: { islands: 'labelled' },
  })
})
