/** Container of a file, by its first bytes. */
export type FileContainer = 'zip' | 'parquet' | 'text'

const MARKS = [
  ['zip', 'PK'],
  ['parquet', 'PAR1'],
] as const

export function fileKind(bytes: Uint8Array): FileContainer {
  const start = String.fromCharCode(...bytes.subarray(0, 4))
  return MARKS.find(([, mark]) => start.startsWith(mark))?.[0] ?? 'text'
}
