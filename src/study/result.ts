/**
 * Result of a study: one aggregated answer for each pair, with what it rests on, and the clips. Models
 * train on it, and files of it are read as if they came from strangers.
 */
import { z } from 'zod'
import { type Clip, clipIdSchema, clipSchema, pairKey } from '../alignment/labels/index.ts'
import { sha256Schema } from '../alignment/sha256-schema.ts'
import { AGGREGATION_METHODS } from './statistics/aggregate.ts'
import { studySchema } from './study.ts'

export const RESULT_FORMAT = 'jumppad-study-result'
/**
 * Version of results, raised whenever a field is added, removed or changes its meaning. Version 2 adds the
 * island to clips; a result without one is still of version 1, so that earlier releases read it.
 */
export const RESULT_VERSION = 2

/** Returns the version of a result with these clips. */
export function resultVersion({ clips }: Pick<StudyResult, 'clips'>): 1 | typeof RESULT_VERSION {
  return clips.some(({ island }) => island !== undefined) ? RESULT_VERSION : 1
}

export const PROVENANCES = ['unanimous', 'majority', 'unresolved', 'adjudicated'] as const

const count = z.int().nonnegative().max(1_000_000)

/** Answers that a pair can get, from much better to much worse for the first clip. */
export const VOTES = ['firstMuch', 'first', 'tie', 'second', 'secondMuch', 'cannotTell'] as const

/** Number of labellers by their answer. Two-way answers have no `firstMuch` and `secondMuch`. */
const votesSchema = z.strictObject({
  firstMuch: count,
  first: count,
  tie: count,
  second: count,
  secondMuch: count,
  cannotTell: count,
} satisfies Record<(typeof VOTES)[number], typeof count>)

const comparisonSchema = z.strictObject({
  first: clipIdSchema,
  second: clipIdSchema,
  /** Probability that the first clip is preferred. */
  preference: z.number().min(0).max(1),
  provenance: z.enum(PROVENANCES),
  votes: votesSchema,
})

/** Schema of what a result says about the study as a whole. */
export const resultSummarySchema = z.strictObject({
  study: z.strictObject({
    id: z.uuid(),
    title: studySchema.shape.title,
    /** SHA-256 of the study that was labelled. */
    digest: sha256Schema,
  }),
  question: studySchema.shape.question,
  answers: studySchema.shape.answers,
  /** Agents whose clips were compared. */
  agents: studySchema.shape.agents,
  worldVersion: studySchema.shape.worldVersion,
  /** Way in which several answers to a pair became one. */
  method: z.enum(AGGREGATION_METHODS),
  /** Krippendorff's alpha of all answers that count; absent where it is not defined. */
  alpha: z.number().max(1).optional(),
  sittings: z.strictObject({
    /** Number of sittings whose answers count. */
    counted: count,
    /** Number of sittings that do not count, by the researcher's hand or rules, or as another one counts. */
    leftOut: count,
    withdrawn: count,
  }),
  /** Number of the study's pairs that are not among the comparisons. */
  pairs: z.strictObject({
    /** Left out by the researcher. */
    leftOut: count,
    /** Without any answer, or only with "cannot tell". */
    unanswered: count,
  }),
})

export const studyResultSchema = z
  .strictObject({
    ...resultSummarySchema.shape,
    /** Clips of the comparisons, in the order in which these mention them first. */
    clips: z.array(clipSchema),
    comparisons: z.array(comparisonSchema),
  })
  .superRefine((result, context) => {
    const problem = problemOf(result)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  })

export type ResultSummary = Readonly<z.infer<typeof resultSummarySchema>>
export type ResultComparison = Readonly<z.infer<typeof comparisonSchema>>
export type StudyResult = Readonly<z.infer<typeof studyResultSchema>>

/** Returns the summary of a result, which is the result without its clips and comparisons. */
export function resultSummary({
  clips: _clips,
  comparisons: _comparisons,
  ...summary
}: StudyResult): ResultSummary {
  return summary
}

/** Returns the ids of the clips that comparisons mention, in the order in which they do so first. */
export function clipsMentioned(
  comparisons: readonly Pick<ResultComparison, 'first' | 'second'>[],
): string[] {
  return [...new Set(comparisons.flatMap(({ first, second }) => [first, second]))]
}

function problemOf({ clips, comparisons }: Pick<StudyResult, 'clips' | 'comparisons'>) {
  const mentioned = clipsMentioned(comparisons)
  const known = new Set(clips.map(({ id }: Clip) => id))
  const missing = mentioned.find((id) => !known.has(id))
  if (missing !== undefined) return `clip ${missing} of a pair is missing`
  if (mentioned.some((id, place) => clips[place]?.id !== id) || clips.length > mentioned.length) {
    return 'expected exactly the clips of the pairs, in the order in which the pairs mention them first'
  }
  const pairs = new Set<string>()
  for (const { first, second } of comparisons) {
    if (first === second) return `a pair has clip ${first} twice`
    const key = pairKey(first, second)
    if (pairs.has(key)) return `the pair of clips ${first} and ${second} occurs twice`
    pairs.add(key)
  }
  return undefined
}
