/**
 * `models/results.json`: every figure that the lab's pages and `docs/results.md` draw, in one
 * versioned file. Each command measures its own part; a part that was not measured is left out.
 */
import { z } from 'zod'
import { outcomeTableSchema, recipeSchema } from './manifest.ts'

export const RESULTS_VERSION = 1

const jumppad = z.enum(['left', 'middle', 'right'])
const startKind = z.enum(['spawn', 'facing-backwards', 'side-platform', 'past-jumppads'])
const share = z.number().min(0).max(1)
const count = z.int().nonnegative()

/** An episode that can be replayed: `actions` as base64 of little-endian uint16. */
const episodeSchema = z.object({
  start: startKind,
  seed: count,
  actions: z.base64(),
  ending: z.enum(['none', 'left', 'middle', 'right']),
})

/** What one policy did in fresh episodes. */
const agentSchema = z.object({
  /** Name of the stage: base, fine-tuned, scratch, preference-left, aligned-left … */
  stage: z.string(),
  /** Training seed. */
  seed: count,
  start: startKind,
  table: outcomeTableSchema,
  /** The file in `models/`, where this very policy is shipped. */
  file: z.string().optional(),
  recipe: recipeSchema,
  /** Wall-clock of this stage's training alone, without the stages before it. */
  trainingSeconds: z.number().nonnegative(),
})

/** Comparisons that a reward model of the main line learnt from. */
const labelsSchema = z.object({
  wanted: jumppad,
  clips: count,
  /** Pairs shown to the judge. */
  asked: count,
  /** Those where one side was preferred. */
  decisive: count,
  ties: count,
  cantTell: count,
})

const ratioSchema = z.object({
  /** Share of `comparisons` whose preferred clip has the higher reward; chance is 0.5. */
  accuracy: share,
  /** Decisive held-out comparisons that were counted. */
  comparisons: count,
})

/** How a reward model of the main line does on held-out clips. */
const rewardModelSchema = z.object({
  wanted: jumppad,
  seed: count,
  trainingComparisons: count,
  recipe: recipeSchema,
  trainingSeconds: z.number().nonnegative(),
  test: ratioSchema,
  /** The same among pairs whose lengths differ by at most 3 decisions. */
  equalLength: ratioSchema,
  /** Comparisons by the model's probability for the first clip: mean of it, and share that agreed. */
  calibration: z.array(z.object({ predicted: share, observed: share, comparisons: count })),
  /** Held-out clips by normalised reward; `edges` has one number more than each list of counts. */
  histogram: z.object({
    edges: z.array(z.number()),
    none: z.array(count),
    left: z.array(count),
    middle: z.array(count),
    right: z.array(count),
  }),
})

const encoder = z.enum(['agent', 'random'])
const trunk = z.enum(['trained', 'frozen'])

/** One run of the plot of reward models by encoder and number of comparisons. */
const rewardRunSchema = z.object({
  encoder,
  trunk,
  comparisons: count,
  seed: count,
  rate: z.number(),
  test: ratioSchema,
  equalLength: ratioSchema,
})

/** One trial of a learning rate, judged on validation clips. */
const rewardTrialSchema = z.object({
  encoder,
  trunk,
  comparisons: count,
  rate: z.number(),
  accuracy: share,
})

/** One update of reinforcement learning; all are means over the update's episodes. */
const updateSchema = z.object({
  update: count,
  /** Learnt reward, normalised on the fine-tuned agent's play. */
  reward: z.number(),
  /** Share that reached the wanted jumppad: for show, never used. */
  preference: share,
  /** KL divergence to the starting policy, nats an episode. */
  kl: z.number(),
  /** Entropy of a decision, nats. */
  entropy: z.number(),
  /** Decisions an episode. */
  length: z.number(),
})

const reinforcementSchema = z.object({
  wanted: jumppad,
  seed: count,
  /** Name of the ablation it belongs to; 'main line' for the shipped procedure. */
  variant: z.string(),
  episodesPerUpdate: count,
  stopped: z.enum(['converged', 'diverged', 'last update', 'by hand']),
  updates: z.array(updateSchema),
  trainingSeconds: z.number().nonnegative(),
})

/** One aligned agent of the comparison of ways to align. */
const ablationSchema = z.object({
  variant: z.string(),
  /** What sets it apart from the procedure; nothing for the procedure itself, tuned like the others. */
  varied: z.enum(['nothing', 'preference fine-tuning', 'comparisons', 'start', 'size']),
  wanted: jumppad,
  seed: count,
  /**
   * Peak learning rates of reinforcement learning that were tried on a tuning seed before this run, and
   * the learnt reward at the end of each: the same rates for every variant.
   */
  trials: z.array(z.object({ rate: z.number(), reward: z.number() })).min(1),
  /** The one that this run was made with. */
  rate: z.number(),
  updateCap: count,
  updates: count,
  /** Updates until nine in ten of an update's episodes reached the wanted jumppad, if ever. */
  updatesToNinety: count.optional(),
  /** Pairs that the judge was asked, and those of them in which it preferred one. */
  rewardComparisons: count,
  decisive: count,
  /** Of its reward model, on decisive held-out comparisons. */
  rewardAccuracy: share,
  /** Updates of pre-training of an agent that was made for this run; absent for a shipped one. */
  pretrainingUpdates: count.optional(),
  table: outcomeTableSchema,
  trainingSeconds: z.number().nonnegative(),
})

const gallerySchema = z.object({
  stage: z.string(),
  /** The rule the episode was found by; see src/evaluation/classify.ts. */
  kind: z.string(),
  episode: episodeSchema,
})

export const resultsSchema = z.object({
  version: z.literal(RESULTS_VERSION),
  worldVersion: count,
  /** Size of the networks of the main line. */
  size: z.string(),
  /** Processor and threads. */
  machine: z.string(),
  agents: z.array(agentSchema),
  /** Some fresh episodes of each stage, for maps of trajectories. */
  trajectories: z.array(z.object({ stage: z.string(), episodes: z.array(episodeSchema) })),
  labels: z.array(labelsSchema),
  rewardModels: z.array(rewardModelSchema),
  reinforcement: z.array(reinforcementSchema),
  gallery: z.array(gallerySchema),
  ablations: z.array(ablationSchema).optional(),
  rewardRuns: z
    .object({ runs: z.array(rewardRunSchema), trials: z.array(rewardTrialSchema) })
    .optional(),
  /** Wall-clock of the commands, seconds. */
  wallClock: z.record(z.string(), z.number().nonnegative()),
})

export type Results = z.infer<typeof resultsSchema>
export type AgentResult = z.infer<typeof agentSchema>
export type LabelsResult = z.infer<typeof labelsSchema>
export type RewardModelResult = z.infer<typeof rewardModelSchema>
export type RewardRun = z.infer<typeof rewardRunSchema>
export type RewardTrial = z.infer<typeof rewardTrialSchema>
export type ReinforcementResult = z.infer<typeof reinforcementSchema>
export type UpdateResult = z.infer<typeof updateSchema>
export type AblationResult = z.infer<typeof ablationSchema>
export type Varied = AblationResult['varied']
export type GalleryEntry = z.infer<typeof gallerySchema>
export type EpisodeRecord = z.infer<typeof episodeSchema>

/** Reads results from parsed JSON; throws an Error that names what is amiss. */
export function readResults(json: unknown): Results {
  const read = resultsSchema.safeParse(json)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? 'the top' : issue.path.join('.')
  throw new Error(
    `The results are damaged at ${where} (${issue?.message ?? 'unknown problem'}): expected results of version ${RESULTS_VERSION}; run the pipeline again`,
  )
}
