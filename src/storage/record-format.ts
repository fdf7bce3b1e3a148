/** Versioned kinds of records, read whichever release of Jumppad wrote them. */
import { z } from 'zod'
import { firstProblem } from './same.ts'

type Fields = Readonly<Record<string, unknown>>

/** Migrates the fields of a record to the next version. The format sets `version` itself. */
type MigrationStep = (record: Fields) => Fields

export interface FormatDefinition<T> {
  /** Kind of record, for messages. */
  readonly name: string
  /** Lowest version that was ever stored. A record without a version has this one. */
  readonly first: number
  /** Step n migrates version `first + n` to the next. Never change a released step: append new ones. */
  readonly steps: readonly MigrationStep[]
  /** Schema of the current version. */
  readonly schema: z.ZodType<T>
  /** Formats of fields that have versions of their own. */
  readonly nested?: Readonly<Record<string, RecordFormat<unknown>>>
}

export type ReadRecord<T> =
  | { readonly kind: 'read'; readonly record: T }
  /** Written by a newer release: to be left alone. */
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'invalid'; readonly problem: string }

const fieldsSchema = z.record(z.string(), z.unknown())
const versionSchema = z.int().optional()

export class RecordFormat<out T> {
  readonly name: string
  readonly first: number
  /** Version that this release writes. */
  readonly version: number
  readonly #definition: FormatDefinition<T>

  constructor(definition: FormatDefinition<T>) {
    this.name = definition.name
    this.first = definition.first
    this.version = definition.first + definition.steps.length
    this.#definition = definition
  }

  /** Migrates and validates a stored record. */
  read(found: unknown): ReadRecord<T> {
    const fields = fieldsSchema.safeParse(found)
    const stored = versionSchema.safeParse(fields.data?.version)
    if (!fields.success || !stored.success) {
      return { kind: 'invalid', problem: `found no ${this.name} with a whole number as version` }
    }
    const version = stored.data ?? this.first
    if (version > this.version) return { kind: 'newer', version }
    if (version < this.first) {
      const problem = `found version ${version}, expected ${this.first} to ${this.version}`
      return { kind: 'invalid', problem }
    }
    return this.#validated(this.#migrated(fields.data, version))
  }

  #migrated(fields: Fields, from: number): Fields {
    const steps = this.#definition.steps.slice(from - this.first)
    return steps.reduce(
      (record, step, index) => ({ ...step(record), version: from + index + 1 }),
      fields,
    )
  }

  #validated(fields: Fields): ReadRecord<T> {
    const { nested = {}, schema } = this.#definition
    const current: Record<string, unknown> = { ...fields }
    for (const [field, format] of Object.entries(nested)) {
      const inner = format.read(current[field])
      if (inner.kind !== 'read') return inner
      current[field] = inner.record
    }
    const { data, error } = schema.safeParse(current)
    return error
      ? { kind: 'invalid', problem: firstProblem(error) }
      : { kind: 'read', record: data }
  }
}

/** Readable records of what was found, and the number of others, which stay where they are. */
export interface ReadResult<T> {
  readonly records: readonly T[]
  /** Number of records that this release cannot read, newer ones included. */
  readonly unreadable: number
  /** Number of records that a newer release wrote. */
  readonly newer: number
}

/** Reads all records that this release can read. */
export function readAll<T>(format: RecordFormat<T>, found: readonly unknown[]): ReadResult<T> {
  const read = found.map((record) => format.read(record))
  const records = read.flatMap((each) => (each.kind === 'read' ? [each.record] : []))
  const newer = read.filter(({ kind }) => kind === 'newer').length
  return { records, unreadable: found.length - records.length, newer }
}

/** Reads one record; undefined where there is none that this release can read. */
export function readOne<T>(format: RecordFormat<T>, found: unknown): T | undefined {
  const read = format.read(found)
  return read.kind === 'read' ? read.record : undefined
}

/** Returns why a record could not be read back once it is stored; undefined where it could. */
export function problemOf<T>(format: RecordFormat<T>, record: T): string | undefined {
  const read = format.read(record)
  return read.kind === 'invalid' ? read.problem : undefined
}

/** Throws an Error with a one-sentence message if a record could not be read back once it is stored. */
export function checkRecord<T>(what: string, format: RecordFormat<T>, record: T): void {
  const problem = problemOf(format, record)
  if (problem !== undefined) throw new Error(`${what} cannot be saved: ${problem}.`)
}

/** Part of an object store that `putUnlessNewer` needs. */
interface RecordStore<T> {
  get(id: string): Promise<unknown>
  put(record: T): Promise<unknown>
}

/**
 * Puts a record into its store unless a newer release has stored it there in a form of its own. Resolves to
 * whether it was put.
 */
export async function putUnlessNewer<T extends { readonly id: string }>(
  store: RecordStore<T>,
  format: RecordFormat<T>,
  record: T,
): Promise<boolean> {
  if (format.read(await store.get(record.id)).kind === 'newer') return false
  await store.put(record)
  return true
}
