import { LAYERS_FIELD, OPTIMISER_FIELDS } from './optimiser-fields.ts'
import { choice, type RecipeOf, real, whole } from './recipe.ts'

/** Recipe fields for reinforcement learning on a learnt reward. */
export const REINFORCEMENT_FIELDS = {
  steps: whole(60, { minimum: 1, maximum: 100_000, unit: 'updates', help: 'Updates at most' }),
  episodesPerUpdate: whole(128, {
    minimum: 4,
    maximum: 4096,
    unit: 'episodes',
    help: 'Episodes played with one version of the policy before it is changed',
  }),
  groupSize: whole(2, {
    minimum: 2,
    maximum: 64,
    unit: 'episodes',
    help: 'Episodes that share a beginning and are each other’s baseline',
  }),
  baseline: choice(
    'learnt',
    ['learnt', 'leave-one-out'],
    'What rewards are held against: a learnt expectation at every decision, or the other episodes of the group',
  ),
  lambda: real(0.95, {
    minimum: 0,
    maximum: 1,
    help: 'With a learnt baseline: how far an outcome is credited to decisions long before it (1: fully)',
  }),
  epochs: whole(2, {
    minimum: 1,
    maximum: 100,
    unit: 'rounds',
    help: 'Rounds over an update’s episodes',
  }),
  minibatches: whole(8, {
    minimum: 1,
    maximum: 100,
    unit: 'steps',
    help: 'Steps in a round, each on its share of the episodes',
  }),
  clip: real(0.2, {
    minimum: 0,
    maximum: 10,
    help: 'How far a decision’s probability may move within an update before it is no longer pushed',
  }),
  klWeight: real(0.001, {
    minimum: 0,
    maximum: 100,
    help: 'Price of a nat of divergence from the starting policy in a decision, in units of normalised reward',
  }),
  klLimit: real(120, {
    minimum: 0.01,
    maximum: 10_000,
    unit: 'nats an episode',
    help: 'Divergence from the starting policy at which training is stopped as run away',
  }),
  patience: whole(20, {
    minimum: 1,
    maximum: 1000,
    unit: 'updates',
    help: 'Updates without a better average of the learnt reward after which training has converged',
  }),
  ...LAYERS_FIELD,
  ...OPTIMISER_FIELDS,
  peakRate: { ...OPTIMISER_FIELDS.peakRate, default: 1e-3 },
  warmup: { ...OPTIMISER_FIELDS.warmup, default: 8 },
  weightDecay: { ...OPTIMISER_FIELDS.weightDecay, default: 0 },
  floor: { ...OPTIMISER_FIELDS.floor, default: 0.05 },
  clipsPerBatch: whole(16, {
    minimum: 1,
    maximum: 256,
    unit: 'clips',
    help: 'Clips in one run of the gradient graph',
  }),
  checkpointEvery: whole(10, {
    minimum: 1,
    maximum: 1000,
    unit: 'updates',
    help: 'Updates between checkpoints',
  }),
} as const

export type ReinforcementRecipe = RecipeOf<typeof REINFORCEMENT_FIELDS>
