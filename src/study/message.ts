/**
 * Messages of a study: what a labeller's browser sends, to a collector or in a file, and what the
 * researcher decides. Readers treat every message as if it came from a stranger.
 */
import { z } from 'zod'
import {
  clipIdSchema,
  labelSchema,
  SESSION_VERSION,
  type Session,
  sessionSchema,
} from '../alignment/labels/index.ts'
import { sha256Schema } from '../alignment/sha256-schema.ts'
import { exclusionRuleSchema } from './statistics/exclusion.ts'
import type { Study } from './study.ts'

/** Version of messages, raised whenever a field is added, removed or changes its meaning. */
export const MESSAGE_VERSION = 1

/** Maximum size of a labeller's message in bytes of JSON; the collector refuses larger ones. */
export const LARGEST_MESSAGE = 8192

/** Maximum number of sittings that are read of one invitation: several devices, a lost profile. */
export const MOST_SITTINGS = 4

const note = z
  .string()
  .max(1000)
  .regex(/^[\P{Cc}\n]*$/u, 'expected text without control characters')
const moment = z.iso.datetime({ precision: 3 })

const common = {
  version: z.literal(MESSAGE_VERSION),
  /** Id by which duplicates are recognised: that of the label for labels. */
  id: z.string().min(1).max(80),
  study: z.uuid(),
  at: moment,
}

const fromLabeller = {
  ...common,
  /** SHA-256 of the study that was labelled. */
  digest: sha256Schema,
  /** Number in the invitation, 1 for the first. */
  labeller: z.int().positive().max(1_000_000),
  /** Id of the session: each browser that opens an invitation starts its own. */
  sitting: z.uuid(),
}

/**
 * Schema of the session that a labeller begins, in the form of version 2 for every release: later versions
 * only add the island, which the study says.
 */
const sentSessionSchema = sessionSchema.omit({ island: true }).extend({ version: z.literal(2) })

export type SentSession = Readonly<z.infer<typeof sentSessionSchema>>

/** Returns a session as messages contain it. */
export function sentSession({ island: _island, ...session }: Session): SentSession {
  return { ...session, version: 2 }
}

/** Returns the session that a message of a study contains. */
export function receivedSession(session: SentSession, { island }: Pick<Study, 'island'>): Session {
  return { ...session, version: SESSION_VERSION, ...(island && { island }) }
}

/** Values of a recruiting site's parameters. */
export const parametersSchema = z.record(z.string().max(40), z.string().max(200))

export const labellerMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...fromLabeller,
    kind: z.literal('begun'),
    /** Place in the design. */
    slot: z.int().positive().max(1_000_000),
    session: sentSessionSchema,
    parameters: parametersSchema,
    /** Number of practice pairs answered, repetitions included, and how many of them correctly. */
    practice: z.strictObject({ answered: z.int().nonnegative(), right: z.int().nonnegative() }),
  }),
  z.strictObject({ ...fromLabeller, kind: z.literal('label'), label: labelSchema }),
  z.strictObject({
    ...fromLabeller,
    kind: z.literal('finished'),
    /** Whether all pairs were answered, or the labeller was asked to stop. */
    why: z.enum(['all answered', 'golden pairs missed']),
  }),
  z.strictObject({ ...fromLabeller, kind: z.literal('withdrawn') }),
])

/** Answer to a disputed pair that the researcher decides. */
const VERDICTS_OF_DECISIONS = ['first', 'second', 'tie', 'left out'] as const

export const researcherMessageSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('decision'),
    first: clipIdSchema,
    second: clipIdSchema,
    /** Undefined takes an earlier decision back. */
    verdict: z.enum(VERDICTS_OF_DECISIONS).optional(),
    note,
  }),
  z.strictObject({
    ...common,
    kind: z.literal('exclusion'),
    sitting: z.uuid(),
    /**
     * True leaves the sitting's answers out, false puts them back, whatever the rules say; undefined takes
     * an earlier exclusion back.
     */
    out: z.boolean().optional(),
    note,
  }),
  z.strictObject({
    ...common,
    kind: z.literal('rules'),
    rules: z.array(exclusionRuleSchema).max(20),
  }),
])

export type LabellerMessage = Readonly<z.infer<typeof labellerMessageSchema>>
export type ResearcherMessage = Readonly<z.infer<typeof researcherMessageSchema>>
export type StudyMessage = LabellerMessage | ResearcherMessage
export type MessageOf<Kind extends StudyMessage['kind']> = Extract<StudyMessage, { kind: Kind }>

export function isOfResearcher(message: StudyMessage): message is ResearcherMessage {
  return message.kind === 'decision' || message.kind === 'exclusion' || message.kind === 'rules'
}
