/** Tables as Parquet files, written row group by row group, and read with limits. */
import { type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet'
import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer'
import { z } from 'zod'
import { MOST_BYTES } from '../archive/archive.ts'
import { damaged, refuse } from '../archive/errors.ts'
import { parseStrictly } from '../archive/strict-json.ts'
import { checkSeal, NO_SEAL, seal, sealOf } from './seal.ts'

/** Element of the writer's schema. */
type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number]

type ColumnKind = 'text' | 'integer' | 'real' | 'integers' | 'floats' | 'texts'

/** Column of a table; a value that is absent is undefined. */
export interface ParquetColumn {
  readonly name: string
  readonly kind: ColumnKind
  /** Whether values may be absent. */
  readonly optional?: boolean
  readonly values: readonly unknown[]
}

/** Parquet type of a column's values, or of the elements of its lists. */
const TYPES: Readonly<Record<ColumnKind, Pick<SchemaElement, 'type' | 'converted_type'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  texts: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  integers: { type: 'INT32' },
  real: { type: 'DOUBLE' },
  floats: { type: 'FLOAT' },
}

/** Name of the entry of a file's metadata that holds Jumppad's own, as JSON. */
const METADATA_KEY = 'jumppad'

/** Number of rows per group: a group takes well below a second to write. */
const ROWS_PER_GROUP = 250
const MOST_ROWS = 500_000

/** Yields the parts of a sealed Parquet file with a table and metadata. */
export function* encodeParquet(
  columns: readonly ParquetColumn[],
  metadata: object,
): Generator<Uint8Array> {
  const rows = columns[0]?.values.length ?? 0
  const writer = new ByteWriter()
  const parquet = new ParquetWriter({
    writer,
    schema: [{ name: 'root', num_children: columns.length }, ...columns.flatMap(schemaOf)],
    kvMetadata: [{ key: METADATA_KEY, value: JSON.stringify({ ...metadata, ...NO_SEAL }) }],
    createdBy: 'Jumppad',
  })
  const parts: Uint8Array[] = []
  const flushed = (): Uint8Array => {
    const part = writer.getBytes().slice()
    parts.push(part)
    writer.index = 0
    return part
  }
  for (let from = 0; from < rows; from += ROWS_PER_GROUP) {
    const group = columns.map((column) => sourceOf(column, from, from + ROWS_PER_GROUP))
    // Resolves at once, as this writer never flushes by itself.
    void parquet.write({ columnData: group, rowGroupSize: ROWS_PER_GROUP })
    yield flushed()
  }
  void parquet.finish()
  const last = flushed()
  seal(last, sealOf(parts))
  yield last
}

function schemaOf({ name, kind, optional = false }: ParquetColumn): SchemaElement[] {
  const repetition_type = optional ? 'OPTIONAL' : 'REQUIRED'
  if (!isList(kind)) return [{ name, ...TYPES[kind], repetition_type }]
  return [
    { name, repetition_type, num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', ...TYPES[kind], repetition_type: 'REQUIRED' },
  ]
}

function isList(kind: ColumnKind): boolean {
  return kind === 'integers' || kind === 'floats' || kind === 'texts'
}

function sourceOf({ name, kind, values }: ParquetColumn, from: number, to: number): ColumnSource {
  const plain = values.slice(from, to).map((value) => {
    if (value === undefined) return null
    if (kind === 'integer') return BigInt(Number(value))
    return isList(kind) ? Array.from(value as Iterable<unknown>) : value // lists are iterable
  })
  return { name, data: plain }
}

/** Table that was read, with integers as numbers and absent values as undefined. */
export interface ParquetTable {
  readonly metadata: Readonly<Record<string, unknown>>
  readonly rows: readonly Readonly<Record<string, unknown>>[]
}

/**
 * Decodes a file, or rejects with an ArchiveError with a one-sentence message. `checkMetadata` sees the
 * metadata before the table is read.
 */
export async function decodeParquet(
  bytes: Uint8Array,
  checkMetadata: (metadata: ParquetTable['metadata']) => void,
): Promise<ParquetTable> {
  if (bytes.length > MOST_BYTES) {
    refuse(`found ${bytes.length} bytes, expected ${MOST_BYTES} at most`, 'export less at a time')
  }
  checkSeal(bytes)
  const file = bytes.slice().buffer
  const found = footerOf(file)
  const metadata = metadataIn(found)
  checkMetadata(metadata)
  checkSizes(found)
  try {
    const rows = await parquetReadObjects({ file, metadata: found })
    return { metadata, rows: z.array(rowSchema).parse(rows).map(plainRow) }
  } catch {
    return damaged('its columns cannot be decoded')
  }
}

const rowSchema = z.record(z.string(), z.unknown())

function footerOf(file: ArrayBuffer): FileMetaData {
  try {
    return parquetMetadata(file)
  } catch {
    return damaged('its footer cannot be read')
  }
}

function metadataIn({ key_value_metadata }: FileMetaData): ParquetTable['metadata'] {
  const text = key_value_metadata?.find(({ key }) => key === METADATA_KEY)?.value
  const { seal: _, ...metadata } = z.looseObject({}).safeParse(parseStrictly(text ?? '')).data ?? {}
  return metadata
}

/** Throws an ArchiveError for tables that are larger than any that Jumppad writes. */
function checkSizes({ num_rows, row_groups }: FileMetaData): void {
  const size = row_groups.reduce((sum, group) => sum + Number(group.total_byte_size), 0)
  if (Number(num_rows) > MOST_ROWS || size > MOST_BYTES) {
    refuse(
      `it holds ${num_rows} rows in ${size} bytes, expected ${MOST_ROWS} rows in ${MOST_BYTES} bytes at most`,
      'export less at a time',
    )
  }
}

function plainRow(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(row).map(([name, value]) => [name, plainValue(value)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

function plainValue(value: unknown): unknown {
  if (value instanceof Int32Array || value instanceof Float32Array) return Array.from(value)
  return typeof value === 'bigint' ? Number(value) : (value ?? undefined)
}
