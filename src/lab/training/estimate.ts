/** How long a training takes: what each part does, times what that takes on a reference machine. */
import {
  IMITATION_FIELDS,
  REINFORCEMENT_FIELDS,
  REWARD_FIELDS,
  type RecipeOf,
  readRecipe,
} from '../../alignment/index.ts'
import { PREFERENCE_FIELDS } from '../../procedure/preference-job.ts'
import {
  partsOf,
  recipeOf,
  type TrainingPart,
  type TrainingPlan,
} from '../../procedure/training/index.ts'

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

/** Share of the work that a block of the network `small` is: about that of its parameters. */
const BLOCK = 0.18

/** Decisions of a usual episode, and the share of 100 that the longest of a batch has. */
const DECISIONS = 70
const PADDED = 0.95

/** Rendering the frames of a clip that is learnt from: anew each time, as none are kept. */
const WATCH = DECISIONS * RENDER

/** What one clip takes to play on the reference machine, with a network of so many parameters. */
export function secondsToPlay(parameters: number): number {
  return DECISIONS * (RENDER + (DECISION - RENDER) * (parameters / SMALL))
}

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
  const play = secondsToPlay(size * SMALL)
  switch (part) {
    case 'clips':
      return clipSeconds(plan, play)
    case 'imitation': {
      const { steps, clipsPerBatch, batchesPerUpdate } = read(IMITATION_FIELDS, plan, part)
      return steps * clipsPerBatch * batchesPerUpdate * (WATCH + learn)
    }
    case 'reward': {
      const recipe = read(REWARD_FIELDS, plan, part)
      const { steps, pairsPerBatch, trunk } = recipe
      // What a frozen trunk makes of the clips is looked up, once for each.
      if (trunk === 'frozen') return comparedClips(plan) * (WATCH + look)
      return steps * 2 * pairsPerBatch * (WATCH + learn * shareOf(recipe))
    }
    case 'preference': {
      const recipe = read(PREFERENCE_FIELDS, plan, part)
      const { pool, steps, clipsPerBatch } = recipe
      return pool * (play + look) + steps * clipsPerBatch * learn * shareOf(recipe)
    }
    case 'reinforcement': {
      const recipe = read(REINFORCEMENT_FIELDS, plan, part)
      const { steps, episodesPerUpdate, epochs } = recipe
      const share = shareOf(recipe)
      return (
        (steps + 1) * episodesPerUpdate * (play + look * (share + scoringShare(plan))) +
        steps * episodesPerUpdate * epochs * learn * share
      )
    }
  }
}

/** Share of a whole look that a score takes: a reward model on the policy's own blocks shares their stream. */
function scoringShare(plan: TrainingPlan): number {
  return plan.kind === 'align' ? shareOf(read(REWARD_FIELDS, plan, 'reward')) : 1
}

/** Share of a training step that is left where only so many blocks learn, on a stream that is kept. */
function shareOf({ layers }: { readonly layers: number }): number {
  return layers === 0 ? 1 : Math.min(1, layers * BLOCK)
}

function clipSeconds(plan: TrainingPlan, play: number): number {
  if (plan.kind === 'fine-tune') return plan.clips.count * WATCH
  if (plan.kind !== 'reward' && plan.kind !== 'align') return 0
  return comparedClips(plan) * (plan.labels.kind === 'judge' ? play + WATCH : WATCH)
}

function comparedClips(plan: TrainingPlan): number {
  return plan.kind === 'reward' || plan.kind === 'align' ? 2 * plan.labels.comparisons : 0
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
