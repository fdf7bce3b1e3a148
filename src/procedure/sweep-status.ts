/** Messages by which the workers of a sweep report what they do, for terminals and pages. */
import { z } from 'zod'

/** Text of one line without control characters, which a terminal would obey. */
export const lineSchema = z
  .string()
  .max(2000)
  .regex(/^\P{C}*$/u)

const sweepStatusSchema = z.object({
  format: z.literal(1),
  /** Name of the worker, unique among those of a collector. */
  worker: lineSchema.min(1),
  /**
   * `running`: works on the cell; repeated every few seconds. `done`, `failed`, `handed back`: has
   * ended its work on it. `refused`: leaves it to others, because its code is of another version.
   */
  state: z.enum(['running', 'done', 'failed', 'handed back', 'refused']),
  /** Identity of the cell, and its title for people. */
  cell: lineSchema,
  title: lineSchema,
  /** Time since the worker took the cell, seconds. */
  seconds: z.number().nonnegative(),
  /** Processor of the worker's machine. */
  processor: lineSchema,
  /** Sentence on a failed or refused cell, or on one that was handed back because it failed. */
  problem: lineSchema.optional(),
})

export type SweepStatus = z.infer<typeof sweepStatusSchema>

/** Returns the subject of a worker's messages about a sweep; `*` stands for all workers. */
export function sweepStatusSubject(sweep: string, worker: string): string {
  return `sweep.${sweep}.status.${worker}`
}

/** Reads a status message; returns undefined for anything else that was sent to its subject. */
export function readSweepStatus(text: string): SweepStatus | undefined {
  try {
    return sweepStatusSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const sweepStateSchema = z.object({
  format: z.literal(1),
  /** Name of the sweep for people. */
  title: lineSchema,
  /** Numbers of cells: asked for so far, finished, and failed. */
  asked: z.int().nonnegative(),
  done: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  /** Cells under way. */
  running: z.array(
    z.object({
      worker: lineSchema,
      title: lineSchema,
      /** Time since the worker took the cell, seconds. */
      seconds: z.number().nonnegative(),
    }),
  ),
})

/** State of a whole sweep, as the command that asked for it serves it to a page. */
export type SweepState = Readonly<z.infer<typeof sweepStateSchema>>

/** Path of the state, relative to the lab's page, where a command serves it. */
export const SWEEP_STATE_PATH = 'sweep.json'

/** Returns the state of a sweep; undefined for anything else. */
export function readSweepState(found: unknown): SweepState | undefined {
  return sweepStateSchema.safeParse(found).data
}
