/** Record of a training run started from the page, as stored in this browser. */
import { z } from 'zod'
import { trainingPlanSchema } from '../procedure/training/plan.ts'
import { planFormat } from './formats.ts'
import { RecordFormat } from './record-format.ts'

/** Version of run records. Increment it when a field changes its meaning. */
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
/** State of a run. `stopped` means stopped by the user, with intermediate results kept. */
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

/** Logged metrics, each list in step order; lists that do not apply to the run are empty. */
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
  /** Name given by the user. */
  name: z.string().min(1).max(200),
  plan: trainingPlanSchema,
  state: z.enum(RUN_STATES),
  createdAt: moment,
  endedAt: moment.optional(),
  /** Training time in seconds, excluding pauses, in total and for each part. */
  seconds: z.number().nonnegative(),
  partSeconds: z.record(z.string(), z.number().nonnegative()),
  /** Names of the devices used, in order: more than one if the run was resumed on another. */
  devices: z.array(z.string()),
  /** Number of times the run was resumed from a checkpoint. */
  resumes: z.int().nonnegative(),
  curves: curvesSchema,
  /** Trained models, by the SHA-256 digests of their files in the model shelf. */
  result: z
    .strictObject({
      policy: digest.optional(),
      reward: digest.optional(),
      stopped: z.string().optional(),
      heldOut: z.strictObject({ accuracy: z.number(), comparisons: z.int() }).optional(),
    })
    .optional(),
  /** Error message, as a sentence. */
  problem: z.string().optional(),
})

/** Format of runs. Version 1 was never released. */
export const runFormat = new RecordFormat({
  name: 'run',
  first: 2,
  steps: [],
  schema: runSchema,
  nested: { plan: planFormat },
})

export type Curves = Readonly<z.infer<typeof curvesSchema>>
export type Run = Readonly<z.infer<typeof runSchema>>
