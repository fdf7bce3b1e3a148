/** What a training is: everything that decides what comes out of it, as one record that can be kept. */
import { z } from 'zod'
import { OUTCOMES } from '../../island/index.ts'
import { recipeSchema } from '../manifest.ts'

/** Raised whenever a field of a plan changes its meaning. */
export const PLAN_VERSION = 1

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')
const count = z.int().nonnegative()
const share = z.number().min(0).max(1)

/** A model by the digest of its file, with the name it had when it was chosen. */
export const modelReferenceSchema = z.strictObject({ name: z.string().max(200), sha256: digest })

/** Whose comparisons a reward model learns from. */
export const labelSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('people'),
    question: z.string(),
    /** Comparisons to learn from, ties included, and those of them that prefer one side. */
    comparisons: count,
    decisive: count,
    /** SHA-256 of the comparisons and the names of their clips. */
    sha256: digest,
  }),
  z.strictObject({
    kind: z.literal('judge'),
    wanted: z.enum(OUTCOMES),
    /** Pairs that are shown to the judge. */
    comparisons: z.int().positive(),
    /** Share of decisive verdicts that come out the other way round. */
    noise: share,
    /** Share of pairs that the judge can't tell. */
    cantTell: share,
  }),
])

/** What the reward model is known to have learnt to prefer: for names and for show, never used. */
const wanted = z.enum(OUTCOMES).optional()

const common = {
  version: z.literal(PLAN_VERSION),
  worldVersion: z.int().positive(),
  /** Root of all that is drawn. */
  seed: count,
  /** The policy it begins with. */
  start: modelReferenceSchema,
}

export const trainingPlanSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('fine-tune'),
    /** Clips that are imitated, and the SHA-256 of their names. */
    clips: z.strictObject({ count: z.int().positive(), sha256: digest }),
    recipe: recipeSchema,
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
    recipe: recipeSchema,
  }),
  z.strictObject({
    ...common,
    kind: z.literal('reinforcement'),
    reward: modelReferenceSchema,
    wanted,
    recipe: recipeSchema,
  }),
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
])

export type ModelReference = Readonly<z.infer<typeof modelReferenceSchema>>
export type LabelSource = Readonly<z.infer<typeof labelSourceSchema>>
export type TrainingPlan = Readonly<z.infer<typeof trainingPlanSchema>>
export type TrainingKind = TrainingPlan['kind']
