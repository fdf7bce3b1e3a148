/** Labels, each a person's answer to a pair of clips, and the sessions in which they are given. */
import { z } from 'zod'
import { islandSchema } from '../map-schema.ts'
import { sha256Schema } from '../sha256-schema.ts'
import { clipIdSchema } from './clip.ts'
import { PAIR_RULES, pairSettingsSchema } from './settings.ts'

/** Format versions of labels and of sessions, raised whenever a field is added, removed or changes its meaning. */
export const LABEL_VERSION = 2
export const SESSION_VERSION = 3

/** Maximum lengths of the texts that people enter, in UTF-16 code units. */
export const LONGEST_QUESTION = 500
export const LONGEST_NAME = 100

export const LABEL_VERDICTS = ['first', 'second', 'tie', 'cannot tell'] as const
/** Answer to a pair: the preferred clip, a tie, or no answer. */
export type LabelVerdict = (typeof LABEL_VERDICTS)[number]

export const STRENGTHS = ['slight', 'much'] as const
/** Strength of a preference, where the answers are graded: better, or much better. */
export type Strength = (typeof STRENGTHS)[number]

export const LABEL_KINDS = ['fresh', 're-show', 'golden'] as const
/** Kind of pair: shown for the first time, shown again with its sides swapped, or with a known answer. */
export type LabelKind = (typeof LABEL_KINDS)[number]

export const POSITIONS = ['first', 'second'] as const
/** One of a pair's two clips. */
export type Position = (typeof POSITIONS)[number]

export type Side = 'left' | 'right'

/** UTC time to the millisecond, as `Date.toISOString` writes it: such strings sort by time. */
const moment = z.iso.datetime({ precision: 3 })
/** Text on one line. */
const line = z.string().regex(/^\P{Cc}*$/u, 'expected text without control characters')
const question = line.max(LONGEST_QUESTION)
const labeller = line.max(LONGEST_NAME)
const appVersion = line.max(40)
const worldVersion = z.int().positive().max(1_000_000)

export const labelSchema = z
  .strictObject({
    /** UUID that identifies the label when logs are merged. */
    id: z.uuid(),
    version: z.literal(LABEL_VERSION),
    session: z.uuid(),
    first: clipIdSchema,
    second: clipIdSchema,
    /** Clip that was shown on the left. */
    left: z.enum(POSITIONS),
    verdict: z.enum(LABEL_VERDICTS),
    /** Strength of the preference; for graded answers that prefer a clip only. */
    strength: z.enum(STRENGTHS).optional(),
    /** Reasons that were ticked, in the words in which they were offered. */
    reasons: z.array(line.max(80).min(1)).max(10).optional(),
    /** Milliseconds from the pair's first frame to the answer, without those in `awayMs`. */
    responseMs: z.number().nonnegative(),
    /** Milliseconds in which the page was hidden or the labeller took a break; absent for none. */
    awayMs: z.number().positive().optional(),
    /** Number of times that the clips were replayed. */
    replays: z.int().nonnegative().max(1_000_000),
    question,
    labeller,
    /** Rule that actually picked the pair; 'random' for re-shows and golden pairs. */
    rule: z.enum(PAIR_RULES),
    kind: z.enum(LABEL_KINDS),
    /** Correct answer; for golden pairs only. */
    known: z.enum(['first', 'second', 'tie']).optional(),
    /** Id of the label that this one replaces, which comes earlier in the log. */
    corrects: z.uuid().optional(),
    createdAt: moment,
    worldVersion,
    appVersion,
  })
  .refine(
    ({ first, second }) => first !== second,
    'found the same clip twice, expected two different clips',
  )
  .refine(
    ({ kind, known }) => (kind === 'golden') === (known !== undefined),
    'expected a known answer for golden pairs and for no others',
  )
  .refine(
    ({ strength, verdict }) =>
      strength === undefined || verdict === 'first' || verdict === 'second',
    'found the strength of a preference, but the answer prefers neither clip',
  )

export type Label = Readonly<z.infer<typeof labelSchema>>

/** Schema of a session's study: which study, and who labels it. */
const sessionStudySchema = z.strictObject({
  id: z.uuid(),
  /** SHA-256 of the study file. */
  digest: sha256Schema,
  /** Number in the invitation, 1 for the first. */
  labeller: z.int().positive().max(1_000_000),
  /** Place in the study's design: who answers which pairs in which order. */
  slot: z.int().positive().max(1_000_000),
})

/** Schema of a labelling session: one labeller, one question, clips of one policy. */
export const sessionSchema = z.strictObject({
  id: z.uuid(),
  version: z.literal(SESSION_VERSION),
  labeller,
  question,
  /** Policy whose play is compared. */
  policy: z.strictObject({ file: line.max(200), digest: sha256Schema }),
  /** Island on which it plays, with its title; absent for the first one. */
  island: islandSchema.optional(),
  /** Number of pairs to answer. */
  goal: z.int().positive(),
  settings: pairSettingsSchema,
  /** Seed of the session's clips and pairs. */
  seed: z.int().nonnegative(),
  createdAt: moment,
  worldVersion,
  appVersion,
  /** Study that the session belongs to; it then determines the pairs instead of the settings. */
  study: sessionStudySchema.optional(),
})

export type Session = Readonly<z.infer<typeof sessionSchema>>

/** Returns the verdict that prefers the clip on `side`. */
export function verdictFor(side: Side, left: Position): Position {
  return (side === 'left') === (left === 'first') ? 'first' : 'second'
}

/** Returns the side that a label prefers; undefined for a tie and for no answer. */
export function preferredSide({ verdict, left }: Pick<Label, 'verdict' | 'left'>) {
  if (verdict === 'tie' || verdict === 'cannot tell') return undefined
  return verdict === left ? ('left' as const) : ('right' as const)
}

/** Returns a key for a pair, the same whichever of its clips comes first. */
export function pairKey(first: string, second: string): string {
  return first < second ? `${first} ${second}` : `${second} ${first}`
}

/** Fields that describe the answer itself; a correction has its own, none of the corrected label's. */
export type Correction = Pick<
  Label,
  'id' | 'verdict' | 'strength' | 'reasons' | 'responseMs' | 'awayMs' | 'replays' | 'createdAt'
>

/** Returns the log entry that changes the answer of `label`; both stay in the log. */
export function correct(label: Label, correction: Correction): Label {
  const { strength: _strength, reasons: _reasons, awayMs: _awayMs, ...rest } = label
  return { ...rest, ...correction, corrects: label.id }
}
