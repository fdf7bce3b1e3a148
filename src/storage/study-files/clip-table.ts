/** Clips as columns of a table, one clip per row, with a prefix such as `chosen_`. */
import type { Clip } from '../../alignment/labels/index.ts'
import { canonicalJson } from '../../island/index.ts'
import { checkedClip } from '../archive/archive.ts'
import { parseStrictly } from '../archive/strict-json.ts'
import type { ParquetColumn } from './parquet.ts'

export function clipTable(prefix: string, clips: readonly Clip[]): ParquetColumn[] {
  const column = (
    name: string,
    kind: ParquetColumn['kind'],
    valueIn: (clip: Clip) => unknown,
    optional = false,
  ): ParquetColumn => ({ name: `${prefix}_${name}`, kind, optional, values: clips.map(valueIn) })
  return [
    column('id', 'text', ({ id }) => id),
    column('agent', 'text', ({ policyDigest }) => policyDigest, true),
    column('world_version', 'integer', ({ worldVersion }) => worldVersion),
    column('start', 'text', ({ start }) => start),
    column('seed', 'integer', ({ seed }) => seed),
    column('actions', 'integers', ({ actions }) => actions),
    column('authors', 'text', ({ authors }) => authors),
    column('path', 'floats', ({ path }) => path),
    column('ending', 'text', ({ ending }) => ending),
    column('state_digest', 'text', ({ stateDigest }) => stateDigest),
    // Only files with clips on other islands than the first have it.
    ...(clips.some(({ island }) => island !== undefined)
      ? [column('island', 'text', ({ island }) => island && canonicalJson(island), true)]
      : []),
  ]
}

/** Returns the validated clip in a row. Throws an ArchiveError. */
export function clipInRow(
  prefix: string,
  row: Readonly<Record<string, unknown>>,
  where: string,
): Clip {
  const field = (name: string): unknown => row[`${prefix}_${name}`]
  const numbers = (name: string): readonly number[] => {
    const list = field(name)
    return Array.isArray(list) ? list.map(Number) : []
  }
  const [agent, map] = [field('agent'), field('island')]
  const clip = {
    id: field('id'),
    worldVersion: field('world_version'),
    start: field('start'),
    seed: field('seed'),
    ...(map === undefined ? {} : { island: parseStrictly(String(map)) ?? null }),
    actions: Uint16Array.from(numbers('actions')),
    authors: field('authors'),
    path: Float32Array.from(numbers('path')),
    ending: field('ending'),
    stateDigest: field('state_digest'),
    ...(agent === undefined ? {} : { policyDigest: agent }),
  }
  return checkedClip(clip, where)
}
