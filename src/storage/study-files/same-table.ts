import { damaged } from '../archive/errors.ts'
import { isSame } from '../same.ts'
import type { ParquetColumn, ParquetTable } from './parquet.ts'

/** Throws an ArchiveError unless a table is exactly the one that is written for what was read from it. */
export function expectSameTable({ rows }: ParquetTable, written: readonly ParquetColumn[]): void {
  if (!rows.every((row, index) => isSame(row, rowOf(written, index)))) {
    damaged('its columns contradict each other, or it has others than Jumppad writes')
  }
}

function rowOf(columns: readonly ParquetColumn[], row: number): Record<string, unknown> {
  return Object.fromEntries(
    columns.flatMap(({ name, values }) => {
      const value = values[row]
      if (value === undefined) return []
      const isList = value instanceof Uint16Array || value instanceof Float32Array
      return [[name, isList ? Array.from(value) : value]]
    }),
  )
}
