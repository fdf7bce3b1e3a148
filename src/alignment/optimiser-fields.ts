import { real, whole } from './recipe.ts'

/** Recipe fields for the optimiser, shared by all recipes that train a network. */
export const OPTIMISER_FIELDS = {
  peakRate: real(1e-3, { minimum: 0, maximum: 1, help: 'Learning rate at its highest' }),
  warmup: whole(100, {
    minimum: 0,
    maximum: 100_000,
    unit: 'updates',
    help: 'Updates over which the learning rate rises',
  }),
  floor: real(0.05, {
    minimum: 0,
    maximum: 1,
    help: 'Share of the peak rate left at the end',
  }),
  weightDecay: real(0.05, { minimum: 0, maximum: 10, help: 'AdamW weight decay of matrices' }),
  maximumNorm: real(1, {
    minimum: 1e-6,
    maximum: 1e6,
    help: 'Global gradient norm that is clipped to',
  }),
} as const

/** Recipe field for the part of a network that is trained. */
export const LAYERS_FIELD = {
  layers: whole(0, {
    minimum: 0,
    maximum: 128,
    unit: 'blocks',
    help: 'Topmost blocks that learn, with the read-out; those below stay as they are, which is faster (0: the whole network learns)',
  }),
} as const

/** AdamW settings that no recipe changes. */
export const ADAM = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8 } as const
