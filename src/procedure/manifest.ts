import { z } from 'zod'
import { endingSchema } from '../alignment/outcome-schema.ts'
import { sha256Schema } from '../alignment/sha256-schema.ts'
import { placeOfProblem } from './place-of-problem.ts'

export const intervalSchema = z.object({ low: z.number(), high: z.number() })

/** Outcomes of a policy's fresh episodes. */
export const outcomeTableSchema = z.object({
  episodes: z.int().nonnegative(),
  outcomes: z.record(endingSchema, z.int().nonnegative()),
  /** Wilson 95 % interval of each share. */
  intervals: z.record(endingSchema, intervalSchema),
  meanDecisions: z.number(),
})

/** Recipe as a flat record of numbers, strings and booleans. */
export const recipeSchema = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]))

/** Cost of a training: its duration and its machine. */
const costSchema = z.object({
  /** Wall-clock time of the training, seconds. */
  trainingSeconds: z.number().nonnegative(),
  /** CPU and threads that the training ran on. */
  machine: z.string(),
})

/** Scores of a policy, measured on its exported file. */
const policyScoresSchema = costSchema.extend({
  /** Held-out imitation loss at the kept update, nats per decision; imitation stages only. */
  heldOutLoss: z.number().optional(),
  /** Share of held-out decisions predicted correctly, per head. */
  headAccuracy: z.record(z.string(), z.number()).optional(),
  /** Number of updates made before the kept parameters. */
  step: z.int().nonnegative(),
  /** Outcomes of fresh episodes, sampled at temperature 1. */
  evaluation: outcomeTableSchema.extend({ seed: z.int() }),
})

/** Scores of a reward model. */
const rewardScoresSchema = costSchema.extend({
  /** Number of updates made before the kept parameters. */
  step: z.int().nonnegative(),
  /** Accuracy on decisive held-out comparisons of the fine-tuned agent's episodes. */
  test: z.object({
    accuracy: z.number().min(0).max(1),
    comparisons: z.int().nonnegative(),
  }),
})

/** Names that a model file may have in a manifest. */
export const MODEL_FILE_NAME = /^[\w.-]+\.onnx$/

const entrySchema = z.object({
  /** Version of the model file format. */
  version: z.int().positive(),
  /** File name, in the same folder as the manifest. */
  file: z.string().regex(MODEL_FILE_NAME),
  stage: z.string().min(1),
  sha256: sha256Schema,
  parameters: z.int().positive(),
  recipe: recipeSchema,
  key: z.string(),
  scores: z.union([policyScoresSchema, rewardScoresSchema]),
})

/** Schema of `models/manifest.json`: one entry per shipped model. */
const manifestSchema = z.array(entrySchema)

export type ManifestEntry = z.infer<typeof entrySchema>
export type PolicyScores = z.infer<typeof policyScoresSchema>

/** Returns the evaluation of an entry's policy in fresh episodes; undefined for a reward model. */
export function evaluationOf(entry: ManifestEntry): PolicyScores['evaluation'] | undefined {
  return 'evaluation' in entry.scores ? entry.scores.evaluation : undefined
}

/** Reads a manifest from parsed JSON. Throws an Error that names the first invalid field. */
export function readManifest(json: unknown): ManifestEntry[] {
  const read = manifestSchema.safeParse(json)
  if (read.success) return read.data
  throw new Error(
    `The list of models is damaged at ${placeOfProblem(read.error)}: expected entries with version, file, stage, sha256, parameters, recipe, key and scores`,
  )
}

/**
 * Returns the text of a manifest. Throws an Error that names the first field that `readManifest` would
 * refuse: JSON has no NaN, for example.
 */
export function manifestText(entries: readonly ManifestEntry[]): string {
  const text = JSON.stringify(entries, undefined, 2)
  const { error } = manifestSchema.safeParse(JSON.parse(text))
  if (error === undefined) return `${text}\n`
  throw new Error(
    `The list of models was not changed: the new one would be unreadable at ${placeOfProblem(error)}; train or measure that model with other settings`,
  )
}

/** Returns the list with `entry` in place of an earlier one for the same file, or else appended. */
export function withEntry(
  entries: readonly ManifestEntry[],
  entry: ManifestEntry,
): ManifestEntry[] {
  const index = entries.findIndex(({ file }) => file === entry.file)
  return index < 0 ? [...entries, entry] : entries.with(index, entry)
}
