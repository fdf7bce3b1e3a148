import { choice, real, whole } from './recipe.ts'

/** Recipe fields for the optimiser, shared by all recipes that train a network. */
export const OPTIMISER_FIELDS = {
  optimiser: choice(
    'adamw',
    ['adamw', 'muon'],
    'Optimizer of the matrices in the blocks: AdamW, or Muon, which changes a matrix equally in all directions and gets further per update; everything else is trained by AdamW',
  ),
  peakRate: real(1e-3, { minimum: 0, maximum: 1, help: 'Peak learning rate' }),
  warmup: whole(100, {
    minimum: 0,
    maximum: 100_000,
    unit: 'updates',
    help: 'Updates over which the learning rate rises to its peak',
  }),
  floor: real(0.05, {
    minimum: 0,
    maximum: 1,
    help: 'Learning rate at the end, as a fraction of the peak',
  }),
  weightDecay: real(0.05, {
    minimum: 0,
    maximum: 10,
    help: 'AdamW weight decay, applied to matrices only',
  }),
  maximumNorm: real(1, {
    minimum: 1e-6,
    maximum: 1e6,
    help: 'Maximum global gradient norm; larger gradients are scaled down to it',
  }),
} as const

/** Recipe field for the part of a network that is trained. */
export const LAYERS_FIELD = {
  layers: whole(0, {
    minimum: 0,
    maximum: 128,
    unit: 'blocks',
    help: 'Number of top blocks to train together with the read-out; the blocks below stay frozen, which is faster (0: train the whole network)',
  }),
} as const

/**
 * Recipe field for the frames that a reward model reads. Accuracy hardly depends on it
 * (docs/methods/reward-model.md).
 */
export const STRIDE_FIELD = whole(1, {
  minimum: 1,
  maximum: 20,
  unit: 'decisions',
  help: 'Decisions from one frame that the reward model reads to the next, counted back from the last one; a larger number is faster (1: it reads every frame)',
})

/** AdamW settings that no recipe changes. */
export const ADAM = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8 } as const
