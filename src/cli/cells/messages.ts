/** Messages on the streams of a collector. Whoever may publish there is a stranger: all are validated. */
import { z } from 'zod'
import { lineSchema } from '../../procedure/index.ts'
import { cellSchema, outcomeSchema } from './cell.ts'

const postedSchema = z.strictObject({
  format: z.literal(1),
  /** Sweep that asked for the cell first; its status messages go there. */
  sweep: z.string().regex(/^[\w-]{1,100}$/),
  cell: cellSchema,
})

/** Message that asks for a cell. */
export type PostedCell = z.infer<typeof postedSchema>

const resultSchema = z.discriminatedUnion('state', [
  z.object({
    ...{ format: z.literal(1), state: z.literal('done'), worker: lineSchema },
    outcome: outcomeSchema,
  }),
  z.object({
    ...{ format: z.literal(1), state: z.literal('failed'), worker: lineSchema },
    problem: lineSchema,
  }),
])

/** Message that ends the work on a cell. */
export type CellResult = z.infer<typeof resultSchema>

const triesSchema = z.object({
  format: z.literal(1),
  /** Workers on which the cell failed, in the order of their attempts, and why. */
  failures: z.array(z.object({ worker: lineSchema, problem: lineSchema })),
  /** Number of times that a worker put the cell back on the queue, for another reason. */
  returned: z.int().nonnegative(),
})

/** Message that counts the attempts at a cell that has no result yet. */
export type CellTries = z.infer<typeof triesSchema>

/** Reads a message that counts attempts; one that is none counts as no attempt. */
export function readTries(data: Uint8Array | undefined): CellTries {
  const read = data === undefined ? undefined : parsed(triesSchema, data)
  return read ?? { format: 1, failures: [], returned: 0 }
}

/** Reads a message that asks for a cell; returns undefined if it is none. */
export function readPosted(data: Uint8Array): PostedCell | undefined {
  return parsed(postedSchema, data)
}

/** Reads the result of a cell; a message that is none counts as a failure. */
export function readResult(data: Uint8Array): CellResult {
  return (
    parsed(resultSchema, data) ?? {
      ...{ format: 1, state: 'failed', worker: 'an unknown worker' },
      problem: 'its result on the collector is damaged',
    }
  )
}

function parsed<T>(schema: z.ZodType<T>, data: Uint8Array): T | undefined {
  try {
    return schema.safeParse(JSON.parse(new TextDecoder().decode(data))).data
  } catch {
    return undefined
  }
}
