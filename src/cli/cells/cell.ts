/** Cells: the parts of a sweep, each computed on its own, by whichever machine takes it. */
import { z } from 'zod'
import { sha256Schema } from '../../alignment/sha256-schema.ts'
import { lineSchema } from '../../procedure/index.ts'
import { sha256 } from '../write-model.ts'

const codeVersionSchema = z.strictObject({
  /** Release of the lab. */
  app: z.string().regex(/^[\w.-]+$/),
  world: z.int().positive(),
  /** Digest of the source text and of the versions of all packages. */
  code: z.string().regex(/^[0-9a-f]{16}$/),
  /** Major version of Node: `Math` of another V8 may differ in last digits. */
  node: z.int().positive(),
  /** Architecture of the processor, such as `x64`, for which there are other kernels. */
  architecture: z.string().regex(/^\w+$/),
})

/** Code that computes a cell; two machines agree on a result only if they run the same code. */
export type CodeVersion = z.infer<typeof codeVersionSchema>

export const cellSchema = z.strictObject({
  /** Name of the kind, which decides what is computed. */
  kind: lineSchema.min(1),
  /** Title for people, made from the parameters. */
  title: lineSchema.min(1),
  /** Parameters of the kind, with complete recipes, as JSON. */
  parameters: z.unknown(),
  /** SHA-256 digests of the model files that the cell reads, by name. */
  inputs: z.record(z.string(), sha256Schema),
  /** Threads of the device: another number may change last digits. */
  threads: z.int().min(1).max(1024),
  version: codeVersionSchema,
})

/** Everything that decides one result of a sweep. */
export type Cell = z.infer<typeof cellSchema>

export const outcomeSchema = z.object({
  /** Result as JSON, the same whoever computes it with the same kind of processor. */
  value: z.unknown(),
  /** SHA-256 digests of the model files that the cell wrote, by name. */
  models: z.record(z.string(), sha256Schema),
  /** Wall-clock time of the whole cell, and of its training alone, seconds. */
  seconds: z.number().nonnegative(),
  trainingSeconds: z.number().nonnegative(),
  /** Processor that computed it. */
  processor: lineSchema,
})

export type CellOutcome = z.infer<typeof outcomeSchema>

/** Returns the identity of a cell: a digest of everything in it. */
export function cellId(cell: Cell): string {
  return digestOf(cellSchema.parse(cell))
}

/**
 * Returns the identity of a cell without the version of its code, under which one machine caches
 * its result. As for every stage, a change of the method is told by `METHOD_VERSION`, so that an
 * unrelated change of the code invalidates nothing.
 */
export function cacheId(cell: Cell): string {
  const { version: _, ...rest } = cellSchema.parse(cell)
  return digestOf(rest)
}

function digestOf(value: unknown): string {
  return sha256(new TextEncoder().encode(JSON.stringify(value)))
}
