/** The plan that a draft stands for, and what it still lacks. */
import type { Clip } from '../../alignment/labels/index.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import {
  type Amount,
  type LabelSource,
  type LearningPart,
  type ModelReference,
  PLAN_VERSION,
  type PlainRecipe,
  problemsOf,
  type TrainingPlan,
} from '../../procedure/training/index.ts'
import type { Candidate } from '../data/candidates.ts'
import { wantedBy } from '../stages.ts'
import { type Draft, readTyped } from './draft.ts'
import { fieldsOf, readTypedRecipe } from './recipes.ts'
import { PART_WORDS } from './words.ts'
import type { AnsweredQuestion } from './workshop.ts'

/** What there is to make a training from. */
export interface Ingredients {
  readonly start: Candidate | undefined
  readonly reward: Candidate | undefined
  /** The question whose answers are learnt from. */
  readonly answers: AnsweredQuestion | undefined
  readonly clips: readonly Clip[]
}

/** Stands for the digest of clips, which is taken only when the training starts. */
const UNKNOWN = '0'.repeat(64)

/** How much there would be to learn from. */
export function amountIn(draft: Draft, { answers, clips }: Ingredients): Amount {
  if (draft.job === 'fine-tune') return { clips: clips.length }
  if (draft.labels === 'judge') return { comparisons: draft.comparisons }
  return { comparisons: answers?.labels.comparisons ?? 0 }
}

/** The plan, the digest of its clips still to come; or in a sentence why there is none. */
export function sketchOf(draft: Draft, ingredients: Ingredients): TrainingPlan | string {
  const { job, seed } = draft
  const { start, reward, answers, clips } = ingredients
  if (!start) return `The starting model “${draft.model}” is not there: choose another.`
  const common = {
    version: PLAN_VERSION,
    worldVersion: WORLD_VERSION,
    seed,
    start: referenceTo(start),
  } as const
  const recipe = (part: LearningPart) => recipeIn(draft, ingredients, part)
  try {
    if (job === 'fine-tune') {
      if (clips.length === 0) return 'No clips are chosen: choose curated ones, or your own play.'
      const chosen = { count: clips.length, sha256: UNKNOWN }
      return { ...common, kind: job, clips: chosen, recipe: recipe('imitation') }
    }
    if (job === 'preference' || job === 'reinforcement') {
      if (!reward) return `The reward model “${draft.reward}” is not there: choose another.`
      const wanted = wantedBy(reward.stage)
      return {
        ...common,
        kind: job,
        reward: referenceTo(reward),
        ...(wanted && { wanted }),
        recipe: recipe(job),
      }
    }
    const labels = labelsOf(draft, ingredients)
    if (!labels) return 'There are no labels to learn from: label some, or use a synthetic judge.'
    const [lacking] = labels.kind === 'people' && answers ? problemsOf(answers.data) : []
    if (lacking !== undefined) return lacking
    if (job === 'reward') return { ...common, kind: job, labels, recipe: recipe('reward') }
    const recipes = {
      reward: recipe('reward'),
      preference: recipe('preference'),
      reinforcement: recipe('reinforcement'),
    }
    const preferenceFineTuning = draft.preference === 'yes'
    return { ...common, kind: job, labels, preferenceFineTuning, recipes }
  } catch (error) {
    if (error instanceof UnreadableRecipe) return error.message
    throw error
  }
}

class UnreadableRecipe extends Error {}

function recipeIn(draft: Draft, ingredients: Ingredients, part: LearningPart): PlainRecipe {
  const fields = fieldsOf(part, amountIn(draft, ingredients))
  const recipe = readTypedRecipe(part, fields, readTyped(draft.set))
  if (recipe) return recipe
  throw new UnreadableRecipe(
    `A setting of “${PART_WORDS[part].title}” is out of its range: mend it, or reset it.`,
  )
}

function referenceTo({ title, sha256 }: Candidate): ModelReference {
  return { name: title, sha256 }
}

function labelsOf(draft: Draft, { answers }: Ingredients): LabelSource | undefined {
  if (draft.labels === 'judge') {
    const { wanted, comparisons, noise, cannotTell } = draft
    return {
      kind: 'judge',
      wanted,
      comparisons,
      noise: noise / 100,
      cantTell: cannotTell / 100,
    }
  }
  return answers && answers.labels.comparisons > 0 ? answers.labels : undefined
}

/** What a training, and what comes out of it, is called until its owner says otherwise: briefly. */
export function defaultName(plan: TrainingPlan): string {
  if (plan.kind === 'fine-tune') return `Fine-tuned on ${plan.clips.count} clips`
  if (plan.kind === 'preference') return `Preferred, ${plan.reward.name}`
  if (plan.kind === 'reinforcement') return `Reinforced, ${plan.reward.name}`
  const whose = plan.labels.kind === 'judge' ? `judge for ${plan.labels.wanted}` : 'own labels'
  return plan.kind === 'reward' ? `Reward, ${whose}` : `Aligned, ${whose}`
}
