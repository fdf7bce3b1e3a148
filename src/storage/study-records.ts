/** Records of studies: the researcher's studies, and the labeller's invitations. */
import { z } from 'zod'
import { invitationSchema } from '../collector/invitation.ts'
import {
  labellerMessageSchema,
  parametersSchema,
  researcherMessageSchema,
} from '../study/message.ts'
import { studySchema } from '../study/study.ts'
import { RecordFormat } from './record-format.ts'

const moment = z.iso.datetime({ precision: 3 })
const count = z.int().nonnegative()

/** Version of studies and sittings. Version 2 has studies that may have an island. */
export const STUDY_RECORD_VERSION = 2

const unchanged = (record: Readonly<Record<string, unknown>>) => record

const studyEntrySchema = z.strictObject({
  /** Id of the study. */
  id: z.uuid(),
  version: z.literal(STUDY_RECORD_VERSION),
  study: studySchema,
  /** Researcher's access to the collector, from the researcher's link. */
  access: z
    .strictObject({
      /** Address of the collector's WebSocket. */
      url: z.string().max(500),
      jwt: z.string().max(4000),
      seed: z.string().max(200),
    })
    .optional(),
  createdAt: moment,
  changedAt: moment,
})

/** Study in the researcher's browser. */
export type StudyEntry = Readonly<z.infer<typeof studyEntrySchema>>

export const studyEntryFormat = new RecordFormat({
  name: 'study',
  first: 1,
  steps: [unchanged],
  schema: studyEntrySchema,
})

const sittingSchema = z.strictObject({
  /** Id of the labelling session. */
  id: z.uuid(),
  version: z.literal(STUDY_RECORD_VERSION),
  invitation: invitationSchema,
  study: studySchema,
  parameters: parametersSchema,
  openedAt: moment,
  /** Time at which the labeller agreed; absent before. */
  agreedAt: moment.optional(),
  /** Practice pairs answered, repetitions included, and how many of them correctly. */
  practice: z.strictObject({ answered: count, right: count, passed: z.boolean() }),
  /** Time of the first real pair. */
  begunAt: moment.optional(),
  finishedAt: moment.optional(),
  why: z.enum(['all answered', 'golden pairs missed']).optional(),
  withdrawnAt: moment.optional(),
  /** What the collector has acknowledged. */
  sent: z.strictObject({
    begun: z.boolean(),
    /** Key of the last log entry; entries come in commit order. */
    upTo: count,
    /** Whether the end, finished or withdrawn, was acknowledged. */
    ended: z.boolean(),
  }),
})

/** Labelling session of an invitation in this browser, and how far the labeller got. */
export type Sitting = Readonly<z.infer<typeof sittingSchema>>

export const sittingFormat = new RecordFormat({
  name: 'sitting',
  first: 1,
  steps: [unchanged],
  schema: sittingSchema,
})

export const studyMessageFormat = new RecordFormat({
  name: 'study message',
  first: 1,
  steps: [],
  schema: z.union([labellerMessageSchema, researcherMessageSchema]),
})
