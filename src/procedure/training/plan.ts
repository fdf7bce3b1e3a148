/** Plan of a training: everything that determines its result, as one record that can be stored. */

import { z } from 'zod'
import { jumppadAskedFor } from '../../alignment/labels/index.ts'
import { islandSchema, type PlayedIsland } from '../../alignment/map-schema.ts'
import {
  isStyleWish,
  type StyleWish,
  stylePredicate,
  styleWishIn,
  type Wish,
  wishSchema,
} from '../../evaluation/wish.ts'
import { HOME_OUTCOMES, ISLANDS, type Outcome, worldOf } from '../../island/index.ts'
import { recipeSchema } from '../manifest.ts'
import type { TrainingPart } from './reports.ts'

/** Format version, raised whenever a field of a plan is added, removed or changes its meaning. */
export const PLAN_VERSION = 6

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')
const count = z.int().nonnegative()
const share = z.number().min(0).max(1)

/** Model referenced by the digest of its file, with the name it had when it was chosen. */
const modelReferenceSchema = z.strictObject({ name: z.string().max(200), sha256: digest })

/** Whether any of the clips that people compared are of other islands than the first; absent if none. */
const elsewhere = z.literal(true).optional()

/** Source of the comparisons that a training learns from. */
const labelSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('people'),
    question: z.string(),
    /** Number of comparisons to learn from, ties included. */
    comparisons: count,
    /** Number of those that prefer one side. */
    decisive: count,
    /** SHA-256 of the comparisons and the names of their clips. */
    sha256: digest,
    elsewhere,
  }),
  z.strictObject({
    kind: z.literal('study'),
    study: z.strictObject({
      id: z.uuid(),
      title: z.string().max(200),
      /** SHA-256 of the study that was labelled. */
      digest,
    }),
    question: z.string(),
    /** Way in which several answers to a pair became one, by its name in results of studies. */
    method: z.string().min(1).max(40),
    comparisons: count,
    /** Number of comparisons that prefer one side, however slightly. */
    decisive: count,
    /** SHA-256 of the comparisons and the names of their clips. */
    sha256: digest,
    elsewhere,
  }),
  z.strictObject({
    kind: z.literal('judge'),
    /** What the judge prefers. */
    wanted: wishSchema,
    /** Island whose clips the judge compares; the first one if absent. */
    island: islandSchema.optional(),
    /** Number of pairs shown to the judge. */
    comparisons: z.int().positive(),
    /** Share of decisive verdicts that are flipped. */
    noise: share,
    /** Share of pairs for which the judge can't tell. */
    cantTell: share,
  }),
])

/**
 * Outcome or style that the reward model is known to prefer: for names, display and, for an outcome, the
 * branch of random keys, never as a training signal.
 */
const wanted = wishSchema.optional()

/** Island that is played on; the first one if absent. */
const island = islandSchema.optional()

const common = {
  version: z.literal(PLAN_VERSION),
  worldVersion: z.int().positive(),
  /** Root seed of all random draws. */
  seed: count,
  /** Policy that the training starts from. */
  start: modelReferenceSchema,
}

export const trainingPlanSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('align'),
    labels: labelSourceSchema,
    /** Whether preference fine-tuning comes before reinforcement learning. */
    preferenceFineTuning: z.boolean(),
    recipes: z.strictObject({
      reward: recipeSchema,
      preference: recipeSchema,
      reinforcement: recipeSchema,
    }),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('contrastive'),
    labels: labelSourceSchema,
    recipe: recipeSchema,
  }),
  z.strictObject({
    ...common,
    kind: z.literal('best-of-play'),
    labels: labelSourceSchema,
    recipes: z.strictObject({ reward: recipeSchema, 'best-of-play': recipeSchema }),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('reward'),
    labels: labelSourceSchema,
    recipe: recipeSchema,
  }),
  z.strictObject({
    ...common,
    kind: z.literal('preference'),
    reward: modelReferenceSchema,
    wanted,
    island,
    recipe: recipeSchema,
  }),
  z.strictObject({
    ...common,
    kind: z.literal('reinforcement'),
    reward: modelReferenceSchema,
    wanted,
    island,
    recipe: recipeSchema,
  }),
  z.strictObject({
    ...common,
    kind: z.literal('fine-tune'),
    /** Number of clips that are imitated, and the SHA-256 of their names. */
    clips: z.strictObject({ count: z.int().positive(), sha256: digest }),
    recipe: recipeSchema,
  }),
])

export type ModelReference = Readonly<z.infer<typeof modelReferenceSchema>>
export type LabelSource = Readonly<z.infer<typeof labelSourceSchema>>
export type TrainingPlan = Readonly<z.infer<typeof trainingPlanSchema>>
export type TrainingKind = TrainingPlan['kind']
/** All kinds of training, in the order in which they are offered. */
export const TRAINING_KINDS = trainingPlanSchema.options.map(({ shape }) => shape.kind.value)

export type PlanOf<Kind extends TrainingKind> = Extract<TrainingPlan, { kind: Kind }>
/** Settings as a plan stores them. */
export type PlainRecipe = Readonly<Record<string, number | string | boolean>>

const NO_SETTINGS: PlainRecipe = {}

/** Names of all jumppads of the shipped islands. */
const SHIPPED_OUTCOMES = [
  ...new Set(ISLANDS.flatMap(({ map }) => worldOf({ island: map }).outcomes)),
]

/** Returns the settings of one part of a plan; empty for `clips`, which has none. */
export function recipeOf(plan: TrainingPlan, part: TrainingPart): PlainRecipe {
  if (part === 'clips') return NO_SETTINGS
  if ('recipe' in plan) return plan.recipe
  const recipes: Readonly<Record<string, PlainRecipe | undefined>> = plan.recipes
  return recipes[part] ?? NO_SETTINGS
}

/**
 * Returns what is preferred where the plan gives it: the wish of the judge or of the reward model, or
 * what the question asks for.
 */
export function wishOf(plan: TrainingPlan): Wish | undefined {
  if ('clips' in plan) return undefined
  if ('reward' in plan) return plan.wanted
  if (!('labels' in plan)) return undefined
  return wishIn(plan.labels)
}

function wishIn(labels: LabelSource): Wish | undefined {
  if (labels.kind === 'judge') return labels.wanted
  const outcomes = labels.elsewhere ? SHIPPED_OUTCOMES : HOME_OUTCOMES
  return styleWishIn(labels.question) ?? jumppadAskedFor(labels.question, outcomes)
}

/** Returns the style that labels prefer; undefined if they are about something else. */
export function styleIn(labels: LabelSource): StyleWish | undefined {
  const wish = wishIn(labels)
  return wish !== undefined && isStyleWish(wish) ? wish : undefined
}

/** Returns the preferred outcome where the plan gives one. */
export function wantedOf(plan: TrainingPlan): Outcome | undefined {
  const wish = wishOf(plan)
  return wish === undefined || isStyleWish(wish) ? undefined : wish
}

/** Returns the preferred style where the plan gives one. */
export function styleWishOf(plan: TrainingPlan): StyleWish | undefined {
  const wish = wishOf(plan)
  return wish !== undefined && isStyleWish(wish) ? wish : undefined
}

/** Returns the fields in which a plan stores its reward model. */
export function rewardInPlan({
  wanted: wish,
  ...reference
}: ModelReference & { readonly wanted: Wish | undefined }) {
  return { reward: reference, ...(wish && { wanted: wish }) }
}

/** Returns a wish in a few words, as in `left` or `“moves slower”`. */
export function wishWords(wish: Wish): string {
  return isStyleWish(wish) ? `“${stylePredicate(wish)}”` : wish
}

/** Returns an island as an addition to a phrase, as in ` on “A longer neck”`; empty for the first one. */
export function placeWords(place: PlayedIsland | undefined): string {
  return place ? ` on “${place.title}”` : ''
}

/** Returns a brief name of the label source, for names of trainings. */
export function sourceName(labels: LabelSource): string {
  if (labels.kind === 'judge') {
    return `judge for ${wishWords(labels.wanted)}${placeWords(labels.island)}`
  }
  return labels.kind === 'study' ? `study “${labels.study.title}”` : 'own labels'
}

/** Returns the amount and the origin of what a plan learns from. */
export function amountOf(plan: TrainingPlan): Amount {
  if ('clips' in plan) return { clips: plan.clips.count }
  if ('reward' in plan) return { elsewhere: plan.island !== undefined }
  return amountIn(plan.labels)
}

/** Returns the number of labels, how many of them prefer a clip if that is known, and what they are of. */
export function amountIn(labels: LabelSource): Amount {
  return {
    comparisons: labels.comparisons,
    ...(labels.kind === 'judge' ? {} : { decisive: labels.decisive }),
    elsewhere: isElsewhere(labels),
    style: styleIn(labels) !== undefined,
  }
}

/** Returns whether any of the clips that were compared are of other islands than the first. */
function isElsewhere(labels: LabelSource): boolean {
  return labels.kind === 'judge' ? labels.island !== undefined : labels.elsewhere === true
}

/**
 * Returns the island that a plan names; undefined for the first one, and for plans whose islands are those
 * of people's clips.
 */
export function islandIn(plan: TrainingPlan): PlayedIsland | undefined {
  if ('reward' in plan) return plan.island
  return 'labels' in plan && plan.labels.kind === 'judge' ? plan.labels.island : undefined
}

/** Amount and origin of training data, as far as default settings depend on them. */
export interface Amount {
  readonly comparisons?: number
  /** Number of comparisons that prefer a clip. */
  readonly decisive?: number
  readonly clips?: number
  /** Whether any clips that were compared, or the play, are of other islands than the first. */
  readonly elsewhere?: boolean
  /** Whether the comparisons are about a style. */
  readonly style?: boolean
}
