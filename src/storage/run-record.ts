/** Record of a training run started from the page, as stored in this browser. */
import { z } from 'zod'
import { sha256Schema } from '../alignment/sha256-schema.ts'
import { trainingPlanSchema } from '../procedure/training/plan.ts'
import { planFormat } from './formats.ts'
import { RecordFormat } from './record-format.ts'

/** Version of run records. Increment it when a field is added, removed or changes its meaning. */
export const RUN_VERSION = 10

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

/** Metrics by curve, in the order of their steps; the parts' definitions say what each shows. */
const curvesSchema = z.record(z.string(), z.array(z.object({ step: z.int() }).catchall(z.number())))

/** Maximum number of characters of a tag. */
export const LONGEST_TAG = 40
/** Maximum number of tags of a run. */
export const MOST_TAGS = 12
/** Maximum number of characters of a note. */
export const LONGEST_NOTE = 2000

/** Tag as it is stored: commas and semicolons separate tags in fields and files. */
const tagSchema = z
  .string()
  .min(1)
  .max(LONGEST_TAG)
  .regex(/^[^\s,;]([^,;\r\n\t]*[^\s,;])?$/, 'expected a tag without commas and semicolons')

const runSchema = z.strictObject({
  id: z.uuid(),
  version: z.literal(RUN_VERSION),
  /** Name given by the user. */
  name: z.string().min(1).max(200),
  /** Tags given by the user, each once, in the order in which they were added. */
  tags: z
    .array(tagSchema)
    .max(MOST_TAGS)
    .refine((tags) => new Set(tags).size === tags.length, 'expected each tag once'),
  /** Note of the user; empty for none. */
  note: z.string().max(LONGEST_NOTE),
  plan: trainingPlanSchema,
  state: z.enum(RUN_STATES),
  /** Whether the user asked for the run to be stopped, and its models kept, but that is still to be done. */
  stopAsked: z.literal(true).optional(),
  createdAt: moment,
  endedAt: moment.optional(),
  /** Training time in seconds, excluding pauses, in total and for each part. */
  seconds: z.number().nonnegative(),
  partSeconds: z.record(z.string(), z.number().nonnegative()),
  /** Devices used, in order: more than one if the run was resumed on another. */
  devices: z.array(z.strictObject({ kind: z.enum(['webgpu', 'wasm']), name: z.string() })),
  /** Number of times the run was resumed from a checkpoint. */
  resumes: z.int().nonnegative(),
  curves: curvesSchema,
  /** Trained models, by the SHA-256 digests of their files in the model shelf. */
  result: z
    .strictObject({
      policy: sha256Schema.optional(),
      reward: sha256Schema.optional(),
      stopped: z.string().optional(),
      heldOut: z.strictObject({ accuracy: z.number(), comparisons: z.int() }).optional(),
    })
    .optional(),
  /** Error message, as a sentence. */
  problem: z.string().optional(),
})

const versionTwoSchema = z.looseObject({
  curves: z.record(z.string(), z.array(z.record(z.string(), z.number()))),
  devices: z.array(z.string()),
})

/**
 * Migrates version 2, in which curves were a fixed set whose points of reinforcement learning counted
 * `update`, and devices were names alone.
 */
function withGenericCurves(record: Readonly<Record<string, unknown>>) {
  const { data } = versionTwoSchema.safeParse(record)
  // The schema of the current version says what is wrong.
  if (data === undefined) return record
  const curves = Object.entries(data.curves).filter(([, points]) => points.length > 0)
  return {
    ...record,
    curves: Object.fromEntries(
      curves.map(([name, points]) => [
        name,
        points.map(({ update, ...point }) =>
          update === undefined ? point : { step: update, ...point },
        ),
      ]),
    ),
    devices: data.devices.map((name) => ({
      kind: name.startsWith('WebGPU') ? 'webgpu' : 'wasm',
      name,
    })),
  }
}

/** Format of runs. Version 1 was never released. */
export const runFormat = new RecordFormat({
  name: 'run',
  first: 2,
  // Version 4 has plans of version 2, version 5 adds tags and a note, versions 6 to 9 have plans of
  // versions 3 to 6, and version 10 adds `stopAsked`.
  steps: [
    withGenericCurves,
    (record) => record,
    (record) => ({ ...record, tags: [], note: '' }),
    (record) => record,
    (record) => record,
    (record) => record,
    (record) => record,
    (record) => record,
  ],
  schema: runSchema,
  nested: { plan: planFormat },
})

export type Curves = Readonly<z.infer<typeof curvesSchema>>
export type RunDevice = Run['devices'][number]
export type Run = Readonly<z.infer<typeof runSchema>>
