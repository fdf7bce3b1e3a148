/** Columns of NPZ files from lists of numbers and names. */
import { type NpyArray, npyArray } from './npy.ts'

export function int32(numbers: readonly number[]): NpyArray {
  return npyArray(Int32Array.from(numbers))
}

/** Returns each name's index in the list; −1 for undefined. */
export function places(list: readonly string[], names: readonly (string | undefined)[]): NpyArray {
  const indices = names.map((name) => (name === undefined ? -1 : list.indexOf(name)))
  // Endings on islands that people drew have names of their own.
  return npyArray(list.length <= 127 ? Int8Array.from(indices) : Int32Array.from(indices))
}

export function placeById(records: readonly { readonly id: string }[]) {
  const found = new Map(records.map(({ id }, index) => [id, index]))
  return (id: string | undefined): number => (id === undefined ? -1 : (found.get(id) ?? -1))
}

export function jsonBytes(value: unknown): NpyArray {
  return npyArray(new TextEncoder().encode(JSON.stringify(value)))
}
