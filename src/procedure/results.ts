/**
 * Schema of `models/results.json`: every number drawn by the lab's pages and `docs/results.md`, in
 * one versioned file. Each command measures its own part; a part that was not measured is left out.
 */

import { z } from 'zod'
import { endingSchema, outcomeSchema } from '../alignment/outcome-schema.ts'
import { styleWishSchema } from '../evaluation/wish.ts'
import { TRAINED_ON } from '../island/index.ts'
import { intervalSchema, outcomeTableSchema, recipeSchema } from './manifest.ts'
import { placeOfProblem } from './place-of-problem.ts'

export const RESULTS_VERSION = 1

const startKind = z.enum(['spawn', 'facing-backwards', 'side-platform', 'past-jumppads'])
const share = z.number().min(0).max(1)
const count = z.int().nonnegative()

/** Replayable episode; `actions` is base64 of little-endian uint16. */
export const episodeSchema = z.object({
  start: startKind,
  seed: count,
  actions: z.base64(),
  ending: endingSchema,
})

/** Outcomes of one policy in fresh episodes. */
const agentSchema = z.object({
  /** Name of the stage: base, fine-tuned, scratch, preference-left, aligned-left … */
  stage: z.string(),
  /** Training seed. */
  seed: count,
  start: startKind,
  table: outcomeTableSchema,
  /** File in `models/`, where this very policy is shipped. */
  file: z.string().optional(),
  recipe: recipeSchema,
  /** Wall-clock time of this stage's training, without the stages before it, seconds. */
  trainingSeconds: z.number().nonnegative(),
})

/** Comparisons that a reward model of the main line was trained on. */
const labelsSchema = z.object({
  wanted: outcomeSchema,
  clips: count,
  /** Number of pairs shown to the judge. */
  asked: count,
  /** Number of pairs in which one side was preferred. */
  decisive: count,
  ties: count,
  cantTell: count,
})

/** Accuracy on decisive comparisons. */
export const ratioSchema = z.object({
  /** Share of `comparisons` whose preferred clip has the higher reward; chance is 0.5. */
  accuracy: share,
  /** Number of decisive held-out comparisons counted. */
  comparisons: count,
})

/** Held-out performance of a reward model of the main line. */
const rewardModelSchema = z.object({
  wanted: outcomeSchema,
  seed: count,
  trainingComparisons: count,
  recipe: recipeSchema,
  trainingSeconds: z.number().nonnegative(),
  test: ratioSchema,
  /** Accuracy among pairs whose lengths differ by at most 3 decisions. */
  equalLength: ratioSchema,
  /**
   * Comparisons binned by the predicted probability for the first clip: mean probability, and share
   * that agreed.
   */
  calibration: z.array(z.object({ predicted: share, observed: share, comparisons: count })),
  /**
   * Counts of held-out clips by normalised reward and ending; `edges` has one more element than
   * each list of counts.
   */
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

/** One run in the plot of reward models by encoder and number of comparisons. */
const rewardRunSchema = z.object({
  encoder,
  trunk,
  comparisons: count,
  seed: count,
  rate: z.number(),
  test: ratioSchema,
  equalLength: ratioSchema,
})

/** One trial of a learning rate, evaluated on validation clips. */
const rewardTrialSchema = z.object({
  encoder,
  trunk,
  comparisons: count,
  rate: z.number(),
  accuracy: share,
})

/** One update of reinforcement learning; all values but `update` are means over its episodes. */
const updateSchema = z.object({
  update: count,
  /** Learnt reward, normalised on the fine-tuned agent's episodes. */
  reward: z.number(),
  /** Share of episodes that reached the preferred jumppad: for display, never a training signal. */
  preference: share,
  /** KL divergence from the starting policy, nats per episode. */
  kl: z.number(),
  /** Entropy of the policy, nats per decision. */
  entropy: z.number(),
  /** Decisions per episode. */
  length: z.number(),
})

/** One run of reinforcement learning. */
export const reinforcementSchema = z.object({
  wanted: outcomeSchema,
  seed: count,
  /** Name of the ablation it belongs to; 'main line' for the shipped procedure. */
  variant: z.string(),
  episodesPerUpdate: count,
  stopped: z.enum(['converged', 'diverged', 'last update', 'by hand']),
  updates: z.array(updateSchema),
  trainingSeconds: z.number().nonnegative(),
})

/** One aligned agent of the ablation study. */
const ablationSchema = z.object({
  variant: z.string(),
  /** Difference from the procedure; 'nothing' for the procedure itself, tuned like the others. */
  varied: z.enum(['nothing', 'preference fine-tuning', 'comparisons', 'start', 'size']),
  wanted: outcomeSchema,
  seed: count,
  /**
   * Peak learning rates of reinforcement learning tried on a tuning seed before this run, with the
   * learned reward at the end of each: the same rates for every variant.
   */
  trials: z.array(z.object({ rate: z.number(), reward: z.number() })).min(1),
  /** Peak learning rate of this run. */
  rate: z.number(),
  updateCap: count,
  updates: count,
  /**
   * Number of updates until 90 % of an update's episodes reached the preferred jumppad; absent if
   * they never did.
   */
  updatesToNinety: count.optional(),
  /** Number of pairs that the judge was asked about. */
  rewardComparisons: count,
  /** Number of those in which the judge preferred one clip. */
  decisive: count,
  /** Accuracy of its reward model on decisive held-out comparisons. */
  rewardAccuracy: share,
  /** Number of pre-training updates of an agent made for this run; absent for a shipped one. */
  pretrainingUpdates: count.optional(),
  table: outcomeTableSchema,
  trainingSeconds: z.number().nonnegative(),
})

/** One agent of the comparison of methods that learn from labels. */
const methodSchema = z.object({
  /** Kind of training. */
  method: z.string(),
  wanted: outcomeSchema,
  seed: count,
  /** Number of answers that preferred one clip. */
  decisive: count,
  /** Rule that picked the pairs: by chance if absent. */
  pairs: z.literal('telling').optional(),
  /** Number of pairs that were answered, ties included. */
  asked: count,
  stopped: z.string(),
  table: outcomeTableSchema,
  /** KL divergence from the starting policy in the evaluation's episodes, nats per episode. */
  kl: z.number(),
  trainingSeconds: z.number().nonnegative(),
  /** Settings that differ from the Train page's defaults, by `part.field`; absent if none. */
  changes: recipeSchema.optional(),
})

/** Shipped policies and reward models on islands that they were not trained on. */
const islandsSchema = z.object({
  policies: z.array(
    z.object({
      /** Id of a shipped island. */
      island: z.string(),
      stage: z.string(),
      table: outcomeTableSchema,
    }),
  ),
  rewards: z.array(
    z.object({
      island: z.string(),
      wanted: outcomeSchema,
      /** Accuracy on decisive pairs of the fine-tuned agent's clips; absent if there are none. */
      test: ratioSchema.optional(),
      /** Number of clips with each ending, and their mean reward. */
      byEnding: z.record(endingSchema, z.object({ clips: count, mean: z.number() })),
    }),
  ),
})

/** Mean with its 95 % interval, which a single value has not. */
const meanSchema = z.object({
  mean: z.number(),
  interval: intervalSchema.optional(),
  count,
})

/** What alignment with a wish about style has changed, in fresh episodes with the same beginnings. */
export const wishMeasuredSchema = z.object({
  stopped: z.string(),
  table: z.object({ before: outcomeTableSchema, after: outcomeTableSchema }),
  /**
   * Accuracy of the reward model on fresh pairs of the starting policy's clips that both arrive; absent
   * if the judge prefers none of them.
   */
  test: ratioSchema.optional(),
  /** KL divergence from the starting policy, nats per episode. */
  kl: z.number(),
  /**
   * The wish's measure over the episodes that arrive, and the mean difference, after minus before, over
   * the beginnings from which both arrive; absent if there are none.
   */
  style: z.object({
    before: meanSchema.optional(),
    after: meanSchema.optional(),
    difference: meanSchema.optional(),
  }),
  /** Play from the beginning whose difference is the median; absent if from none both arrive. */
  example: z.object({ before: episodeSchema, after: episodeSchema }).optional(),
})

/** One agent aligned with a wish about style. */
const wishResultSchema = wishMeasuredSchema.extend({
  wish: styleWishSchema,
  /** Stage of the policy that it started from. */
  start: z.string(),
  seed: count,
  /** Number of pairs shown to the judge. */
  comparisons: count,
  /** Settings that differ from the Train page's defaults, by `part.field`. */
  changes: recipeSchema,
  trainingSeconds: z.number().nonnegative(),
})

/** How an aligned agent does on the shipped islands. */
export const varietyMeasuredSchema = z.object({
  stopped: z.string(),
  /** Outcomes of fresh episodes by the island's id. */
  tables: z.record(z.string(), outcomeTableSchema),
})

/** One agent of the experiment on play on several islands. */
const varietyResultSchema = varietyMeasuredSchema.extend({
  /** Islands that were played in reinforcement learning; `labelled` is the one where clips were labelled. */
  played: z.enum([...TRAINED_ON, 'labelled']),
  /** Id of the island where clips were labelled; the first one if absent. */
  labelled: z.string().optional(),
  /** Agent of the experiment's own that was aligned; the shipped fine-tuned agent if absent. */
  agent: z
    .object({
      size: z.string(),
      /** Islands of the players that it imitates. */
      islands: z.enum(TRAINED_ON),
      pretrainingUpdates: count,
      /** Outcomes of its fresh episodes before alignment, by the island's id. */
      tables: z.record(z.string(), outcomeTableSchema),
    })
    .optional(),
  wanted: outcomeSchema,
  seed: count,
  /** Number of pairs shown to the judge. */
  comparisons: count,
  /** Settings that differ from the Train page's defaults, by `part.field`. */
  changes: recipeSchema,
  trainingSeconds: z.number().nonnegative(),
})

const gallerySchema = z.object({
  stage: z.string(),
  /** Kind of clip whose rule found the episode; see src/evaluation/classify.ts. */
  kind: z.string(),
  episode: episodeSchema,
})

const resultsSchema = z.object({
  version: z.literal(RESULTS_VERSION),
  worldVersion: count,
  /** Network size of the main line. */
  size: z.string(),
  /** CPU and threads of the machine. */
  machine: z.string(),
  agents: z.array(agentSchema),
  /** Some fresh episodes of each stage, for trajectory maps. */
  trajectories: z.array(z.object({ stage: z.string(), episodes: z.array(episodeSchema) })),
  labels: z.array(labelsSchema),
  rewardModels: z.array(rewardModelSchema),
  reinforcement: z.array(reinforcementSchema),
  gallery: z.array(gallerySchema),
  ablations: z.array(ablationSchema).optional(),
  methods: z.array(methodSchema).optional(),
  islands: islandsSchema.optional(),
  wishes: z.array(wishResultSchema).optional(),
  variety: z.array(varietyResultSchema).optional(),
  rewardRuns: z
    .object({ runs: z.array(rewardRunSchema), trials: z.array(rewardTrialSchema) })
    .optional(),
  /** Computing time of each command, summed over its cells, seconds. */
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
export type IslandsResult = z.infer<typeof islandsSchema>
export type MethodResult = z.infer<typeof methodSchema>
export type WishResult = z.infer<typeof wishResultSchema>
export type VarietyResult = z.infer<typeof varietyResultSchema>
export type Varied = AblationResult['varied']
export type GalleryEntry = z.infer<typeof gallerySchema>
export type EpisodeRecord = z.infer<typeof episodeSchema>

/** Reads results from parsed JSON. Throws an Error that names the first invalid field. */
export function readResults(json: unknown): Results {
  const read = resultsSchema.safeParse(json)
  if (read.success) return read.data
  throw new Error(
    `The results are damaged at ${placeOfProblem(read.error)}: expected results of version ${RESULTS_VERSION}; run the pipeline again`,
  )
}

/**
 * Returns the text of a results file. Throws an Error that names the first field that `readResults` would
 * refuse: JSON has no NaN, for example.
 */
export function resultsText(results: Results): string {
  const text = JSON.stringify(results, undefined, 1)
  const { error } = resultsSchema.safeParse(JSON.parse(text))
  if (error === undefined) return `${text}\n`
  throw new Error(
    `The results were not changed: the new ones would be unreadable at ${placeOfProblem(error)}; measure that part with other settings`,
  )
}
