/** A training that was started from the page, as this browser keeps it. */
import { z } from 'zod'
import { trainingPlanSchema } from '../procedure/training/plan.ts'

/** Raised whenever a field of a run changes its meaning. */
export const RUN_VERSION = 2

export const RUN_STATES = [
  'queued',
  'running',
  'paused',
  'done',
  'stopped',
  'diverged',
  'failed',
] as const
/** `stopped`: by hand, and what there was until then is kept. */
export type RunState = (typeof RUN_STATES)[number]

const moment = z.iso.datetime({ precision: 3 })
const digest = z.string().regex(/^[0-9a-f]{64}$/)

const lossPoint = z.strictObject({ step: z.int(), loss: z.number() })
const heldOutPoint = z.strictObject({
  step: z.int(),
  loss: z.number().optional(),
  accuracy: z.number().optional(),
  comparisons: z.int().optional(),
})
const updatePoint = z.strictObject({
  update: z.int(),
  reward: z.number(),
  preference: z.number(),
  kl: z.number(),
  entropy: z.number(),
  length: z.number(),
})

/** What was logged; each list in the order of its steps, a list that does not apply is empty. */
export const curvesSchema = z.strictObject({
  imitation: z.array(lossPoint),
  imitationHeldOut: z.array(heldOutPoint),
  reward: z.array(lossPoint),
  rewardHeldOut: z.array(heldOutPoint),
  preference: z.array(lossPoint),
  reinforcement: z.array(updatePoint),
})

export const runSchema = z.strictObject({
  id: z.uuid(),
  version: z.literal(RUN_VERSION),
  /** As its owner calls it. */
  name: z.string().min(1).max(200),
  plan: trainingPlanSchema,
  state: z.enum(RUN_STATES),
  createdAt: moment,
  endedAt: moment.optional(),
  /** Seconds of training, pauses left out, and those of each part. */
  seconds: z.number().nonnegative(),
  partSeconds: z.record(z.string(), z.number().nonnegative()),
  /** Names of the devices it ran on, in order: more than one where it went on on another. */
  devices: z.array(z.string()),
  /** How often it went on from a checkpoint. */
  resumes: z.int().nonnegative(),
  curves: curvesSchema,
  /** Models that came out, by the digest of their files on the shelf. */
  result: z
    .strictObject({
      policy: digest.optional(),
      reward: digest.optional(),
      stopped: z.string().optional(),
      heldOut: z.strictObject({ accuracy: z.number(), comparisons: z.int() }).optional(),
    })
    .optional(),
  /** What went wrong, as a sentence. */
  problem: z.string().optional(),
})

export type Curves = Readonly<z.infer<typeof curvesSchema>>
export type Run = Readonly<z.infer<typeof runSchema>>
