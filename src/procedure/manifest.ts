import { z } from 'zod'

const interval = z.object({ low: z.number(), high: z.number() })
const shares = z.object({
  none: z.int().nonnegative(),
  left: z.int().nonnegative(),
  middle: z.int().nonnegative(),
  right: z.int().nonnegative(),
})

/** How a policy's fresh episodes ended. */
export const outcomeTableSchema = z.object({
  episodes: z.int().nonnegative(),
  outcomes: shares,
  /** Wilson 95 % intervals of each share. */
  intervals: z.object({ none: interval, left: interval, middle: interval, right: interval }),
  meanDecisions: z.number(),
})

/** A record of plain values. */
export const recipeSchema = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]))

/** How long a training took, and on what. */
const costSchema = z.object({
  /** Wall-clock of the training, seconds. */
  trainingSeconds: z.number().nonnegative(),
  /** Processor and threads the training ran on. */
  machine: z.string(),
})

/** What was measured of a policy, from its exported file. */
const policyScoresSchema = costSchema.extend({
  /** Held-out imitation loss, nats per decision, at the update that was kept; of imitation only. */
  heldOutLoss: z.number().optional(),
  /** Share of held-out decisions guessed right, per head. */
  headAccuracy: z.record(z.string(), z.number()).optional(),
  /** Updates made before the kept parameters. */
  step: z.int().nonnegative(),
  /** Fresh episodes, sampled at temperature 1. */
  evaluation: outcomeTableSchema.extend({ seed: z.int() }),
})

/** What was measured of a reward model. */
const rewardScoresSchema = costSchema.extend({
  /** Updates made before the kept parameters. */
  step: z.int().nonnegative(),
  /** On decisive held-out comparisons of the fine-tuned agent's play. */
  test: z.object({
    accuracy: z.number().min(0).max(1),
    comparisons: z.int().nonnegative(),
  }),
})

const entrySchema = z.object({
  /** Version of the model file's own format. */
  version: z.int().positive(),
  /** File name beside the manifest. */
  file: z.string().regex(/^[\w.-]+\.onnx$/),
  stage: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  parameters: z.int().positive(),
  recipe: recipeSchema,
  key: z.string(),
  scores: z.union([policyScoresSchema, rewardScoresSchema]),
})

/** `models/manifest.json`: an entry for each shipped model. */
export const manifestSchema = z.array(entrySchema)

export type ManifestEntry = z.infer<typeof entrySchema>
export type PolicyScores = z.infer<typeof policyScoresSchema>
export type RewardScoresEntry = z.infer<typeof rewardScoresSchema>

/** How the policy of an entry did in fresh episodes; undefined for a reward model. */
export function evaluationOf(entry: ManifestEntry): PolicyScores['evaluation'] | undefined {
  return 'evaluation' in entry.scores ? entry.scores.evaluation : undefined
}

/** Reads a manifest from parsed JSON; throws an Error that names what is amiss. */
export function readManifest(json: unknown): ManifestEntry[] {
  const read = manifestSchema.safeParse(json)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? 'the top' : issue.path.join('.')
  throw new Error(
    `The list of models is damaged at ${where} (${issue?.message ?? 'unknown problem'}): expected entries with version, file, stage, sha256, parameters, recipe, key and scores`,
  )
}

/** The list with `entry` in the place of an earlier one for the same file, else at the end. */
export function withEntry(
  entries: readonly ManifestEntry[],
  entry: ManifestEntry,
): ManifestEntry[] {
  const index = entries.findIndex(({ file }) => file === entry.file)
  return index < 0 ? [...entries, entry] : entries.with(index, entry)
}
