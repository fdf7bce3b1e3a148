/** How long a training takes: what each part does, times what that takes on a reference machine. */
import {
  IMITATION_FIELDS,
  REINFORCEMENT_FIELDS,
  REWARD_FIELDS,
  type RecipeOf,
  readRecipe,
} from '../alignment/index.ts'
import { PREFERENCE_FIELDS } from '../procedure/preference-job.ts'
import {
  partsOf,
  recipeOf,
  type TrainingPart,
  type TrainingPlan,
} from '../procedure/training/index.ts'

/**
 * Seconds on WebAssembly with two threads, network `small` (docs/benchmarks.md): a training step of
 * ten clips of 100 decisions takes 207 ms, and 64 islands make 3,239 decisions a second.
 */
const LEARN_A_CLIP = 0.0207
const LOOK_AT_A_CLIP = LEARN_A_CLIP / 3
const DECISION = 1 / 3239
/** Rendering a decision, whatever the network. */
const RENDER = 55e-6

/** Parameters of the network `small`. */
const SMALL = 1_096_064

/** Decisions of a usual episode, and the share of 100 that its padded clip has. */
const DECISIONS = 70
const PADDED = 0.75

/** What a plan with a network of so many parameters takes on the reference machine, seconds a part. */
export function referenceSeconds(
  plan: TrainingPlan,
  parameters = SMALL,
): Readonly<Partial<Record<TrainingPart, number>>> {
  const size = parameters / SMALL
  return Object.fromEntries(partsOf(plan).map((part) => [part, secondsOf(plan, part, size)]))
}

function secondsOf(plan: TrainingPlan, part: TrainingPart, size: number): number {
  const learn = LEARN_A_CLIP * PADDED * size
  const look = LOOK_AT_A_CLIP * PADDED * size
  const play = DECISIONS * (RENDER + (DECISION - RENDER) * size)
  switch (part) {
    case 'clips':
      return clipSeconds(plan, play)
    case 'imitation': {
      const { steps, clipsPerBatch, batchesPerUpdate } = read(IMITATION_FIELDS, plan, part)
      return steps * clipsPerBatch * batchesPerUpdate * learn
    }
    case 'reward': {
      const { steps, pairsPerBatch } = read(REWARD_FIELDS, plan, part)
      return steps * 2 * pairsPerBatch * learn
    }
    case 'preference': {
      const { pool, steps, clipsPerBatch } = read(PREFERENCE_FIELDS, plan, part)
      return pool * (play + look) + steps * clipsPerBatch * learn
    }
    case 'reinforcement': {
      const { steps, episodesPerUpdate, epochs } = read(REINFORCEMENT_FIELDS, plan, part)
      return (
        (steps + 1) * episodesPerUpdate * (play + 2 * look) +
        steps * episodesPerUpdate * epochs * learn
      )
    }
  }
}

function clipSeconds(plan: TrainingPlan, play: number): number {
  const watch = DECISIONS * RENDER
  if (plan.kind === 'fine-tune') return plan.clips.count * watch
  if (plan.kind !== 'reward' && plan.kind !== 'align') return 0
  const clips = 2 * plan.labels.comparisons
  return clips * (plan.labels.kind === 'judge' ? play + watch : watch)
}

function read<
  const F extends
    | typeof IMITATION_FIELDS
    | typeof REWARD_FIELDS
    | typeof PREFERENCE_FIELDS
    | typeof REINFORCEMENT_FIELDS,
>(fields: F, plan: TrainingPlan, part: Exclude<TrainingPart, 'clips'>): RecipeOf<F> {
  return readRecipe(fields, recipeOf(plan, part))
}

/** Adds up the parts. */
export function totalOf(parts: Readonly<Partial<Record<string, number>>>): number {
  return Object.values(parts).reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0)
}
