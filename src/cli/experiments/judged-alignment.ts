/** Alignments from a judge's labels that the cells of experiments make, with the settings of the Train page. */
import type { Wish } from '../../evaluation/index.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import {
  defaultRecipe,
  PLAN_VERSION,
  type PlainRecipe,
  type TrainingPlan,
  trainingPlanSchema,
} from '../../procedure/training/index.ts'

/** Parts whose settings the plan of an alignment has. */
const PARTS = ['reward', 'preference', 'reinforcement'] as const

/** Settings that replace the Train page's defaults, by part. */
export type ChangedRecipes = Readonly<Record<string, PlainRecipe | undefined>>

/** Returns complete recipes by part, so that a changed default is another cell. */
export function completeRecipes(
  comparisons: number,
  changes: ChangedRecipes = {},
): Record<string, PlainRecipe> {
  return Object.fromEntries(
    PARTS.map((part) => [part, { ...defaultRecipe(part, { comparisons }), ...changes[part] }]),
  )
}

/** Returns settings by `part.field`, as in the address of the Train page. */
export function namedChanges(changes: ChangedRecipes): PlainRecipe {
  return Object.fromEntries(
    Object.entries(changes).flatMap(([part, recipe = {}]) =>
      Object.entries(recipe).map(([field, value]) => [`${part}.${field}`, value]),
    ),
  )
}

interface JudgedAlignment {
  readonly wanted: Wish
  readonly seed: number
  /** Number of pairs shown to the judge. */
  readonly comparisons: number
  readonly recipes: Readonly<Record<string, PlainRecipe>>
  /** SHA-256 of the starting agent's file. */
  readonly agent: string
}

/** Returns the plan of an alignment with a judge that never errs. */
export function judgedAlignmentPlan(alignment: JudgedAlignment): TrainingPlan {
  const { wanted, seed, comparisons, recipes, agent } = alignment
  return trainingPlanSchema.parse({
    ...{ version: PLAN_VERSION, worldVersion: WORLD_VERSION, seed, kind: 'align' },
    start: { name: 'agent', sha256: agent },
    labels: { kind: 'judge', wanted, comparisons, noise: 0, cantTell: 0 },
    preferenceFineTuning: false,
    recipes,
  })
}
