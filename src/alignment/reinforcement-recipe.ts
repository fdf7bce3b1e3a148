import { TRAINED_ON } from '../island/index.ts'
import { LAYERS_FIELD, OPTIMISER_FIELDS, STRIDE_FIELD } from './optimiser-fields.ts'
import { choice, type RecipeOf, real, whole } from './recipe.ts'

/** Recipe fields for reinforcement learning on a learned reward. */
export const REINFORCEMENT_FIELDS = {
  steps: whole(60, {
    minimum: 1,
    maximum: 100_000,
    unit: 'updates',
    help: 'Maximum number of updates',
  }),
  episodesPerUpdate: whole(128, {
    minimum: 4,
    maximum: 4096,
    unit: 'episodes',
    help: 'Episodes played before each update of the policy',
  }),
  groupSize: whole(2, {
    minimum: 2,
    maximum: 64,
    unit: 'episodes',
    help: 'Episodes that share a start and serve as each other’s baseline',
  }),
  baseline: choice(
    'learnt',
    ['learnt', 'leave-one-out'],
    'Baseline that rewards are compared with: a learned value for every decision, or the other episodes of the group',
  ),
  baselineEpisodes: whole(0, {
    minimum: 0,
    maximum: 4096,
    unit: 'episodes',
    help: 'Episodes of the starting policy from which the baseline is learned before the first update (0: none)',
  }),
  lambda: real(0.95, {
    minimum: 0,
    maximum: 1,
    help: 'With a learned baseline: how strongly an outcome is credited to much earlier decisions (1: fully)',
  }),
  epochs: whole(2, {
    minimum: 1,
    maximum: 100,
    unit: 'epochs',
    help: 'Passes over the episodes of an update',
  }),
  minibatches: whole(8, {
    minimum: 1,
    maximum: 100,
    unit: 'steps',
    help: 'Gradient steps per epoch, each on its share of the episodes',
  }),
  clip: real(0.2, {
    minimum: 0,
    maximum: 10,
    help: 'How far the probability of a decision may change within an update before its gradient is clipped',
  }),
  klWeight: real(0.001, {
    minimum: 0,
    maximum: 100,
    help: 'Penalty per nat of divergence from the starting policy in a decision, in units of normalised reward',
  }),
  klLimit: real(120, {
    minimum: 0.01,
    maximum: 10_000,
    unit: 'nats per episode',
    help: 'Divergence from the starting policy above which training stops as diverged',
  }),
  patience: whole(20, {
    minimum: 1,
    maximum: 1000,
    unit: 'updates',
    help: 'Updates without an improvement in average learned reward after which training stops as converged',
  }),
  islands: choice(
    'first',
    [...TRAINED_ON, 'labelled'],
    'Islands that are played: the first one, several that differ in shape and obstacles in turn, or those of the training: where the clips were labelled, or the one that was chosen',
  ),
  rewardStride: STRIDE_FIELD,
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
    help: 'Clips per run of the gradient graph',
  }),
  checkpointEvery: whole(10, {
    minimum: 1,
    maximum: 1000,
    unit: 'updates',
    help: 'Updates between checkpoints',
  }),
} as const

export type ReinforcementRecipe = RecipeOf<typeof REINFORCEMENT_FIELDS>
