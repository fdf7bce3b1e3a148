/**
 * Study file: everything that decides what labellers are shown and asked. Which pairs a labeller gets
 * follows from it and from the labeller's place in the design (`assignment.ts`).
 */

import { z } from 'zod'
import { outcomeSchema } from '../alignment/index.ts'
import { clipIdSchema, jumppadAskedFor } from '../alignment/labels/index.ts'
import { islandSchema } from '../alignment/map-schema.ts'
import { sha256Schema } from '../alignment/sha256-schema.ts'
import {
  canonicalJson,
  HOME,
  HOME_OUTCOMES,
  type Outcome,
  START_KINDS,
  worldOf,
} from '../island/index.ts'

export const STUDY_FORMAT = 'jumppad-study'
/**
 * Version of the study file, raised whenever a field is added, removed or changes its meaning. Version 2 adds
 * the island; a study on the first island is still of version 1, so that earlier releases read it.
 */
export const STUDY_VERSION = 2
const VERSION_WITHOUT_ISLAND = 1

export const MOST_LABELLERS = 1000
export const MOST_CLIPS = 1000
export const MOST_PAIRS_EACH = 500

/** Text on one line. */
const line = (longest: number) =>
  z
    .string()
    .max(longest, `expected ${longest} characters at most`)
    .regex(/^\P{Cc}*$/u, 'expected text without line breaks or control characters')
/** Text of several paragraphs. */
const paragraphs = z
  .string()
  .max(10_000, 'expected 10,000 characters at most')
  .regex(/^[\P{Cc}\n]*$/u, 'expected text without control characters other than line breaks')
const moment = z.iso.datetime({ precision: 3 })
const share = z.number().min(0).max(1)

export const ANSWER_SCALES = ['two-way', 'graded'] as const
/** Answers offered: preference, tie or none; or with a strength for each preference. */
export type AnswerScale = (typeof ANSWER_SCALES)[number]

const KNOWN_ANSWERS = ['first', 'second', 'tie'] as const

const designSchema = z.strictObject({
  /** Seed of the clips, the pairs and everybody's order. */
  seed: z.int().nonnegative(),
  /** Number of labellers that the design is made for. */
  labellers: z.int().min(1).max(MOST_LABELLERS),
  /** Number of different pairs per labeller, without re-shows and golden pairs. */
  pairsEach: z.int().min(1).max(MOST_PAIRS_EACH),
  /** Number of different labellers who answer each pair. */
  overlap: z.int().min(1).max(20),
  /** Number of clips that each agent plays. */
  clipsPerAgent: z.int().min(2).max(MOST_CLIPS),
  /** Number of pairs per labeller that are shown again with their sides swapped. */
  reShows: z.int().min(0).max(100),
})

const goldenSchema = z.strictObject({
  /** Jumppad that the question asks for; golden and practice pairs have one clip that reaches it. */
  jumppad: outcomeSchema,
  /** Number of golden pairs per labeller. */
  pairs: z.int().min(0).max(40),
  /** Lowest share of golden pairs answered correctly. */
  least: share,
  /** Effect of a lower share: the researcher is told, or the labeller is asked to stop. */
  below: z.enum(['note', 'stop']),
})

const practiceSchema = z.strictObject({
  /** Number of practice pairs before the first real one. */
  pairs: z.int().min(0).max(20),
  /** Lowest share answered correctly to continue; practice is repeated below it. */
  least: share,
})

/** Episode of a clip: which agent played it, and its start, seed and actions. */
const episodeSchema = z.strictObject({
  /** Index of the agent in the study's list. */
  agent: z.int().nonnegative(),
  start: z.enum(START_KINDS),
  seed: z.int().nonnegative(),
  /** Actions as base64 of little-endian uint16. */
  actions: z.base64().max(300),
})

const pairSchema = z.strictObject({ first: clipIdSchema, second: clipIdSchema })
const knownPairSchema = z.strictObject({ ...pairSchema.shape, answer: z.enum(KNOWN_ANSWERS) })
const practicePairSchema = z.strictObject({
  ...knownPairSchema.shape,
  /** Explanation shown after the answer; without one, how the two clips end. */
  because: line(500).optional(),
})

/** Clips and pairs of a study; made once (`prepareStudy`), so that everybody compares the same clips. */
const materialSchema = z.strictObject({
  episodes: z
    .array(episodeSchema)
    .min(2)
    .max(8 * MOST_CLIPS),
  /** Pairs to be answered, by the ids of their clips. */
  pairs: z.array(pairSchema).min(1),
  golden: z.array(knownPairSchema).max(40),
  practice: z.array(practicePairSchema).max(20),
})

const agentSchema = z.strictObject({
  file: line(200),
  /** SHA-256 of the model file. */
  digest: sha256Schema,
})

const completionSchema = z.strictObject({
  /** Code shown at the end, which labellers enter on the site that recruited them. */
  code: line(100).optional(),
  /** Address that labellers return to at the end. */
  returnTo: z.url({ protocol: /^https?$/, error: 'expected an http or https address' }).optional(),
})

/** Name of a parameter that recruiting sites append to addresses. */
const parameterName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_]{0,39}$/,
    'expected a letter first, then letters, digits and underscores',
  )

export const studySchema = z
  .strictObject({
    format: z.literal(STUDY_FORMAT),
    version: z.literal([VERSION_WITHOUT_ISLAND, STUDY_VERSION]),
    id: z.uuid(),
    title: line(120).min(1, 'expected a title'),
    question: line(500).min(1, 'expected a question'),
    answers: z.enum(ANSWER_SCALES),
    worldVersion: z.int().positive().max(1_000_000),
    /** Island on which the clips are played; absent for the first one. */
    island: islandSchema.optional(),
    agents: z.array(agentSchema).min(1).max(8),
    design: designSchema,
    golden: goldenSchema.optional(),
    practice: practiceSchema,
    /** What the study is for and what is sent, shown before the labeller agrees. */
    consent: paragraphs,
    instructions: paragraphs,
    /** Reasons that may be ticked for an answer. */
    reasons: z.array(line(80).min(1, 'expected a reason')).max(10, 'expected ten reasons at most'),
    /** Number of pairs after which a break is suggested; 0 for never. */
    breakEvery: z.int().min(0).max(1000),
    opens: moment.optional(),
    closes: moment.optional(),
    completion: completionSchema,
    /** Parameters of the address that are kept with the answers, such as PROLIFIC_PID. */
    parameters: z.array(parameterName).max(10, 'expected ten parameters at most'),
    material: materialSchema.optional(),
  })
  .superRefine((study, context) => {
    const problem = contradictionIn(study)
    if (problem) context.addIssue({ code: 'custom', ...problem })
  })

export type Study = Readonly<z.infer<typeof studySchema>>
export type Material = Readonly<z.infer<typeof materialSchema>>
export type StudyEpisode = Readonly<z.infer<typeof episodeSchema>>
export type PracticePair = Readonly<z.infer<typeof practicePairSchema>>

/** Study whose clips were played and whose pairs were drawn: it can be labelled. */
export type PreparedStudy = Study & { readonly material: Material }

export function isPrepared(study: Study): study is PreparedStudy {
  return study.material !== undefined
}

/** Returns the version of a study with such an island. */
function versionFor(island: Study['island']): Study['version'] {
  return island === undefined ? VERSION_WITHOUT_ISLAND : STUDY_VERSION
}

/** Returns the study on another island; undefined for the first one. Golden pairs whose jumppad is not there are dropped. */
export function withIsland(study: Study, island: Study['island']): Study {
  const { island: _, golden, ...rest } = study
  // Shipped islands have more fields, and a file may hold the first one.
  const isOther = island && worldOf({ island: island.map }) !== HOME
  const kept = isOther ? { title: island.title, map: island.map } : undefined
  const moved = { ...rest, version: versionFor(kept), ...(kept && { island: kept }) }
  const known = golden && outcomesOf(moved).includes(golden.jumppad)
  if (known) return { ...moved, golden }
  return { ...moved, practice: { ...rest.practice, pairs: golden ? 0 : rest.practice.pairs } }
}

/** Returns the jumppads of the island of a study or a session. */
export function outcomesOf({ island }: Pick<Study, 'island'>): readonly Outcome[] {
  return worldOf({ island: island?.map }).outcomes
}

/** Returns the jumppad that the question of a study names and its island lacks; undefined if there is none. */
export function missingJumppad({ question, island }: Pick<Study, 'question' | 'island'>) {
  const there = outcomesOf({ island })
  const named = jumppadAskedFor(question, [...new Set([...there, ...HOME_OUTCOMES])])
  return named !== undefined && !there.includes(named) ? named : undefined
}

/** Returns the number of different pairs that a design needs, so that each is answered `overlap` times. */
export function pairsNeeded({ labellers, pairsEach, overlap }: Study['design']): number {
  return Math.max(1, Math.floor((labellers * pairsEach) / overlap))
}

type StudyFields = Omit<Study, 'material'> & { readonly material?: Material | undefined }

/** Contradiction, with the path of the field by which it is best resolved. */
interface Contradiction {
  readonly path: string[]
  readonly message: string
}

/** Returns why a study's settings exclude each other; undefined if they do not. */
function contradictionIn(study: StudyFields): Contradiction | undefined {
  const { design, golden, practice, agents, opens, closes, material, island, version } = study
  const clips = material?.episodes.length ?? agents.length * design.clipsPerAgent
  const possible = (clips * (clips - 1)) / 2
  const pairs = pairsNeeded(design)
  if (design.overlap > design.labellers) {
    return {
      path: ['design', 'overlap'],
      message: `each pair should be answered by ${design.overlap} different people, but there are ${design.labellers} labellers: raise the number of labellers or lower the overlap`,
    }
  }
  if (pairs > possible) {
    return {
      path: ['design', 'clipsPerAgent'],
      message: `the design needs ${pairs} different pairs, but ${clips} clips form only ${possible}: raise the number of clips or the overlap`,
    }
  }
  if (design.reShows > Math.floor(design.pairsEach / 2)) {
    return {
      path: ['design', 'reShows'],
      message: `${design.reShows} of ${design.pairsEach} pairs should be shown again, expected half of them at most`,
    }
  }
  if (golden === undefined && practice.pairs > 0 && material === undefined) {
    return {
      path: ['practice', 'pairs'],
      message:
        'practice pairs need a known answer: name the jumppad that the question asks for, or set the number of practice pairs to 0',
    }
  }
  const expected = versionFor(island)
  if (version !== expected) {
    return {
      path: ['version'],
      message: `found ${version}, expected ${expected} for a study ${island ? 'with' : 'without'} an island`,
    }
  }
  const asked = golden?.jumppad
  const outcomes = outcomesOf(study)
  if (asked !== undefined && !outcomes.includes(asked)) {
    return {
      path: ['golden', 'jumppad'],
      message: `the island has no ${asked} jumppad: choose ${outcomes.join(', ')}, or another island`,
    }
  }
  if (opens !== undefined && closes !== undefined && closes <= opens) {
    return {
      path: ['closes'],
      message: `the study closes at ${closes}, before it opens at ${opens}: swap the two dates`,
    }
  }
  return material && contradictionInMaterial(study, material)
}

function contradictionInMaterial(
  { agents, design, golden, practice }: StudyFields,
  material: Material,
): Contradiction | undefined {
  const stranger = material.episodes.find(({ agent }) => agent >= agents.length)
  if (stranger) {
    return {
      path: ['material', 'episodes'],
      message: `a clip was played by agent ${stranger.agent}, but there are ${agents.length}`,
    }
  }
  const pairs = pairsNeeded(design)
  if (material.pairs.length !== pairs) {
    return {
      path: ['material', 'pairs'],
      message: `found ${material.pairs.length} pairs, but the design needs ${pairs}: prepare the study again`,
    }
  }
  if ((golden?.pairs ?? 0) > material.golden.length) {
    return {
      path: ['golden', 'pairs'],
      message: `each labeller should get ${golden?.pairs} golden pairs, but there are ${material.golden.length}: lower the number or prepare the study with more clips`,
    }
  }
  if (practice.pairs > material.practice.length) {
    return {
      path: ['practice', 'pairs'],
      message: `the study should have ${practice.pairs} practice pairs, but there are ${material.practice.length}: lower the number or prepare the study with more clips`,
    }
  }
  return undefined
}

/** Returns a study as text that is the same for the same content, whatever the order of its fields. */
export function canonicalStudy(study: Study): string {
  return canonicalJson(study)
}
