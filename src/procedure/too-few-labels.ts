/**
 * Schema of `models/too-few-labels.json`: what agents become that were aligned on few labels and on
 * more, with everything that the lab's page about it shows.
 */

import { z } from 'zod'
import { endingSchema } from '../alignment/outcome-schema.ts'
import { sha256Schema } from '../alignment/sha256-schema.ts'
import { endedShare } from '../evaluation/outcomes.ts'
import { HOME_OUTCOMES } from '../island/index.ts'
import { outcomeTableSchema, recipeSchema } from './manifest.ts'
import { placeOfProblem } from './place-of-problem.ts'
import { episodeSchema, ratioSchema } from './results.ts'

export const TOO_FEW_VERSION = 1

const count = z.int().nonnegative()
const endingCounts = z.record(endingSchema, count)

/** One update of reinforcement learning; values are means over the episodes played before it. */
const updateSchema = z.object({
  update: count,
  /** Learnt reward, normalised on the compared clips. */
  reward: z.number(),
  /** KL divergence from the starting policy, nats per episode. */
  kl: z.number(),
  /** Number of its episodes by ending; absent for the episodes after the last update. */
  endings: endingCounts.optional(),
})

/** Pair of clips that the judge was shown. */
const pairSchema = z.object({
  first: episodeSchema,
  second: episodeSchema,
  /** Preferred clip; absent for a tie. */
  preferred: z.enum(['first', 'second']).optional(),
})

/** What a reward model makes of fresh clips of the starting agent. */
const rewardSchema = z.object({
  /** Number of its updates. */
  updates: count,
  /** Accuracy on decisive fresh comparisons. */
  test: ratioSchema,
  /** The same by the ending of the clip that was not preferred; absent where there is no such pair. */
  against: z.record(endingSchema, ratioSchema),
  /** Number of fresh clips with each ending, and their mean reward; absent where there is no such clip. */
  byEnding: z.record(endingSchema, z.object({ clips: z.int().positive(), mean: z.number() })),
})

const runSchema = z.object({
  /** Number of answers that prefer a side. */
  labels: z.int().positive(),
  /** Seed of clips, pairs and training. */
  seed: count,
  recipes: z.object({ reward: recipeSchema, reinforcement: recipeSchema }),
  answers: z.object({
    /** Number of pairs shown to the judge until it had preferred a side `labels` times. */
    pairs: z.int().positive(),
    ties: count,
    /** Number of decided pairs by the ending of the clip that was not preferred. */
    against: endingCounts,
  }),
  reward: rewardSchema,
  updates: z.array(updateSchema).min(1),
  stopped: z.enum(['converged', 'diverged', 'last update', 'by hand']),
  /** Outcomes of fresh episodes of the resulting agent. */
  table: outcomeTableSchema,
  /** The first of these episodes, for a map. */
  episodes: z.array(episodeSchema),
  /** Wall-clock time of both trainings, seconds. */
  trainingSeconds: z.number().nonnegative(),
  /** All pairs of the run that is shown with the fewest labels; absent for other runs. */
  pairs: z.array(pairSchema).optional(),
})

const tooFewSchema = z
  .object({
    version: z.literal(TOO_FEW_VERSION),
    worldVersion: count,
    /** Jumppad that the judge preferred. */
    prefer: z.enum(HOME_OUTCOMES),
    /** CPU and threads of the machine. */
    machine: z.string(),
    /** Agent that played the clips and that all trainings started from. */
    agent: z.object({
      stage: z.string(),
      sha256: sha256Schema,
      /** Outcomes of the same fresh episodes as those of the runs. */
      table: outcomeTableSchema,
      episodes: z.array(episodeSchema),
    }),
    /** Fresh clips on which reward models were tested, and number of pairs drawn from them, ties included. */
    test: z.object({ clips: count, comparisons: count }),
    runs: z.array(runSchema).min(1),
  })
  .superRefine((data, context) => {
    const problem = problemOf(data)
    if (problem !== undefined)
      context.addIssue({ code: 'custom', path: ['runs'], message: problem })
  })

export type TooFewLabels = z.infer<typeof tooFewSchema>
export type TooFewRun = z.infer<typeof runSchema>
export type TooFewUpdate = z.infer<typeof updateSchema>
export type LabelledPair = z.infer<typeof pairSchema>

/** Schema of the updates of a run, for files that hold a part of it. */
export const tooFewUpdatesSchema = z.array(updateSchema)

/** Returns the numbers of labels of the runs, the fewest first. */
export function labelCounts({ runs }: Pick<TooFewLabels, 'runs'>): number[] {
  return [...new Set(runs.map(({ labels }) => labels))].sort((a, b) => a - b)
}

/** Returns the runs with this number of labels, by seed. */
export function runsWith({ runs }: Pick<TooFewLabels, 'runs'>, labels: number): TooFewRun[] {
  return runs.filter((run) => run.labels === labels).sort((a, b) => a.seed - b.seed)
}

/**
 * Returns the run that is shown for a number of labels: that of the seed whose agent, with the fewest
 * labels, has the preferred outcome least often, so that the improvement from more labels is visible.
 * Undefined where there is none.
 */
export function shownRun(
  data: Pick<TooFewLabels, 'runs' | 'prefer'>,
  labels: number,
): TooFewRun | undefined {
  const share = ({ table }: TooFewRun) => endedShare(table, data.prefer)
  const [fewest = 0] = labelCounts(data)
  // The sort is stable, so the lower seed comes first among equal shares.
  const [worst] = runsWith(data, fewest).sort((a, b) => share(a) - share(b))
  return runsWith(data, labels).find(({ seed }) => seed === worst?.seed)
}

/** Reads the file from parsed JSON. Throws an Error that names the first invalid field. */
export function readTooFewLabels(json: unknown): TooFewLabels {
  const read = tooFewSchema.safeParse(json)
  if (read.success) return read.data
  throw new Error(
    `The file of trainings on few labels is damaged at ${placeOfProblem(read.error)}: expected version ${TOO_FEW_VERSION}; run the command “too-few” again`,
  )
}

type Checked = Pick<TooFewLabels, 'runs' | 'prefer'>

/** Returns why the runs contradict themselves, as a phrase; undefined where they do not. */
function problemOf(data: Checked): string | undefined {
  for (const { labels, seed, answers } of data.runs) {
    const decided = Object.values(answers.against).reduce((sum, count) => sum + count, 0)
    const name = `the run with ${labels} labels and seed ${seed}`
    if (decided !== labels) {
      return `found ${decided} decided pairs in ${name}, expected ${labels}`
    }
    if (decided + answers.ties !== answers.pairs) {
      return `found ${answers.pairs} pairs in ${name}, expected ${decided + answers.ties}`
    }
  }
  const names = new Set(data.runs.map(({ labels, seed }) => `${labels} ${seed}`))
  if (names.size < data.runs.length) return 'found two runs with the same labels and seed'
  return problemOfPairs(data)
}

function problemOfPairs(data: Checked): string | undefined {
  const [fewest] = labelCounts(data)
  const shown = fewest === undefined ? undefined : shownRun(data, fewest)
  const decided = shown?.pairs?.filter(({ preferred }) => preferred !== undefined).length ?? 0
  if (shown === undefined || decided === shown.labels) return undefined
  return `found ${decided} decided pairs for the run that is shown, with ${shown.labels} labels and seed ${shown.seed}, expected ${shown.labels}`
}
