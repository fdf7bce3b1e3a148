/** Conversion of a draft to a plan, with the reason if something is missing. */

import type { Clip } from '../../alignment/labels/index.ts'
import { isStyleWish, type Wish, wishName } from '../../evaluation/wish.ts'
import { WORLD_VERSION, worldOf } from '../../island/index.ts'
import {
  type Amount,
  amountIn,
  type LabelSource,
  METHODS,
  type Method,
  type ModelReference,
  PARTS,
  PLAN_VERSION,
  type PlainRecipe,
  problemsOf,
  styleIn,
  type TrainingPart,
  type TrainingPlan,
} from '../../procedure/training/index.ts'
import type { Candidate } from '../data/candidates.ts'
import { islandOf, playedIsland } from '../stores/island-choice.ts'
import { LARGEST_SEED } from '../stores/watch-settings.ts'
import type { LabelData } from '../training/labels.ts'
import type { StudyLabels } from '../training/study-labels.ts'
import { type Draft, readTyped } from './draft.ts'
import { judgeIn } from './judge.ts'
import { fieldsOf, readTypedRecipe } from './recipes.ts'
import { MOST_RUNS, methodsIn, readSeeds, seedsText, tooMany } from './sweep.ts'

/** Models and data that a draft names. */
export interface TrainingInputs {
  readonly start: Candidate | undefined
  readonly reward: Candidate | undefined
  /** What the reward model prefers, where that is known. */
  readonly rewardWish: Wish | undefined
  /** Labels of people that are learnt from: one's own to one question, or those of a study. */
  readonly labelled: LabelData | StudyLabels | undefined
  readonly clips: readonly Clip[]
}

/** Placeholder for the digest of clips, which is computed only when the training is queued. */
const UNKNOWN = '0'.repeat(64)

/** Returns the amount of training data of a draft. */
export function amountInDraft(draft: Draft, inputs: TrainingInputs): Amount {
  const { material } = METHODS[draft.job]
  if (material === 'clips') return { clips: inputs.clips.length }
  if (material === 'reward') return { elsewhere: playedIsland(draft.island) !== undefined }
  const labels = labelsOf(draft, inputs)
  return labels === undefined ? { comparisons: 0 } : amountIn(labels)
}

/**
 * Returns the plan of a draft, with a placeholder for the digest of its clips, or else a sentence that
 * says why there is none.
 */
function planFromDraft(draft: Draft, inputs: TrainingInputs): TrainingPlan | string {
  const { start, reward, rewardWish } = inputs
  if (!start) return `The starting model “${draft.model}” is not available: choose another.`
  const method = METHODS[draft.job]
  const missing = missingInput(draft, inputs, method.material)
  if (missing !== undefined) return missing
  try {
    const plan = method.plan({
      common: {
        version: PLAN_VERSION,
        worldVersion: WORLD_VERSION,
        seed: draft.seed,
        start: referenceTo(start),
      },
      labels: labelsOf(draft, inputs),
      reward: reward && { ...referenceTo(reward), wanted: rewardWish },
      island: playedIsland(draft.island),
      clips: { count: inputs.clips.length, sha256: UNKNOWN },
      preferenceFineTuning: draft.preference === 'yes',
      recipe: (part) => recipeIn(draft, inputs, part),
    })
    return plan ?? 'There is nothing to learn from: choose labels, clips or a reward model.'
  } catch (error) {
    if (error instanceof UnreadableRecipe) return error.message
    throw error
  }
}

/**
 * Returns the plans of a draft, one for each seed and method, all methods of a seed in a row; or else a sentence that
 * says why there are none.
 */
export function plansFromDraft(draft: Draft, inputs: TrainingInputs): TrainingPlan[] | string {
  const { seeds, problem } = readSeeds(seedsText(draft), LARGEST_SEED)
  if (problem !== undefined) return problem
  const methods = methodsIn(draft)
  const count = seeds.length * methods.length
  if (count > MOST_RUNS) return tooMany(count, 'run').problem
  const plans: TrainingPlan[] = []
  for (const seed of seeds) {
    for (const job of methods) {
      const plan = planFromDraft({ ...draft, job, seed }, inputs)
      if (typeof plan === 'string') return plan
      plans.push(plan)
    }
  }
  return plans
}

const NO_LABELS: Readonly<Record<Draft['labels'], string>> = {
  own: 'There are no labels to learn from: label some pairs, or use a synthetic judge.',
  study: 'There are no answers to learn from: choose a study with answers, or import its result.',
  judge: 'There are no labels to learn from: choose how many pairs the judge answers.',
}

/** Returns a sentence about what the method's training data lacks; undefined if nothing. */
function missingInput(
  draft: Draft,
  inputs: TrainingInputs,
  material: Method['material'],
): string | undefined {
  const { labelled, clips, reward, rewardWish } = inputs
  if (material === 'clips') {
    return clips.length > 0
      ? undefined
      : 'No clips are selected: select curated clips or your own play.'
  }
  if (material === 'reward') {
    if (!reward) return `The reward model “${draft.reward}” is not available: choose another.`
    const { title, map } = islandOf(draft.island)
    const canBeMet =
      rewardWish === undefined ||
      isStyleWish(rewardWish) ||
      worldOf({ island: map }).outcomes.includes(rewardWish)
    return canBeMet
      ? undefined
      : `The reward model prefers the ${wishName(rewardWish)} jumppad, which “${title}” does not have: choose another island.`
  }
  const labels = labelsOf(draft, inputs)
  if (!labels) return NO_LABELS[draft.labels]
  if (labels.kind === 'judge' || !labelled) return undefined
  return problemsOf(labelled.data, labels.kind, styleIn(labels) !== undefined)[0]
}

class UnreadableRecipe extends Error {}

function recipeIn(draft: Draft, inputs: TrainingInputs, part: TrainingPart): PlainRecipe {
  const fields = fieldsOf(part, amountInDraft(draft, inputs))
  const recipe = readTypedRecipe(part, fields, readTyped(draft.set))
  if (recipe) return recipe
  throw new UnreadableRecipe(
    `A setting of “${PARTS[part].title}” is out of range: correct it, or reset it.`,
  )
}

function referenceTo({ title, sha256 }: Candidate): ModelReference {
  return { name: title, sha256 }
}

function labelsOf(draft: Draft, { labelled }: TrainingInputs): LabelSource | undefined {
  if (draft.labels === 'judge') {
    const { comparisons, noise, cannotTell } = draft
    const { wanted } = judgeIn(draft)
    const island = playedIsland(draft.island)
    return {
      kind: 'judge',
      wanted,
      ...(island && { island }),
      comparisons,
      noise: noise / 100,
      cantTell: cannotTell / 100,
    }
  }
  return labelled && labelled.labels.comparisons > 0 ? labelled.labels : undefined
}

/** Returns the name that a run has until the visitor renames it; it says the seed if it is one of several `runs`. */
export function defaultName(plan: TrainingPlan, runs: number): string {
  const name = METHODS[plan.kind].name(plan)
  return runs > 1 ? `${name}, seed ${plan.seed}` : name
}
