/**
 * Formats of the records whose schemas the engine declares. Other formats stand beside their schemas.
 * To give a record its next version, change its schema, append a step to its format, and add a sample
 * of the new version to `testing/samples`: a test reads the samples of all versions forever.
 */
import { clipSchema, labelSchema, sessionSchema } from '../alignment/labels/index.ts'
import { trainingPlanSchema } from '../procedure/training/plan.ts'
import { RecordFormat } from './record-format.ts'

/** Migrates a record to a version that only adds fields that may be absent, or forms. */
const unchanged = (record: Readonly<Record<string, unknown>>) => record

export const labelFormat = new RecordFormat({
  name: 'label',
  first: 1,
  // Version 2 adds the strength of a preference, reasons, and time away.
  steps: [unchanged],
  schema: labelSchema,
})

export const sessionFormat = new RecordFormat({
  name: 'session',
  first: 1,
  // Version 2 adds the study that a session belongs to, version 3 the island.
  steps: [unchanged, unchanged],
  schema: sessionSchema,
})

/** Format of clips, which carry no version: they are named by their content, so their form is fixed. */
export const clipFormat = new RecordFormat({
  name: 'clip',
  first: 1,
  steps: [],
  schema: clipSchema,
})

export const planFormat = new RecordFormat({
  name: 'plan',
  first: 1,
  // Version 2 adds studies as a source of labels, version 3 judges that prefer a style, version 4 play on the
  // islands where clips were labelled, version 5 the island of a judge, and whether labels are from others than
  // the first, and version 6 reward models that prefer a style.
  steps: [unchanged, unchanged, unchanged, unchanged, unchanged],
  schema: trainingPlanSchema,
})
