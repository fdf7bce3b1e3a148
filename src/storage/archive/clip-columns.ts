/** Clips as columns of an NPZ file, as specified in docs/labels.md. */
import type { Clip } from '../../alignment/labels/index.ts'
import { HOME_ENDINGS, type IslandMap, mapDigest, START_KINDS } from '../../island/index.ts'
import { checkedClip } from './archive.ts'
import type { ColumnReader } from './column-reader.ts'
import { int32, jsonBytes, places } from './columns.ts'
import { damaged } from './errors.ts'
import { type NpyArray, npyArray } from './npy.ts'

/** Returns the columns of clips, and the lists that they hold indices into. */
export function clipColumns(clips: readonly Clip[]): [string, NpyArray][] {
  const endings = [...new Set([...HOME_ENDINGS, ...clips.map(({ ending }) => ending)])]
  const islands = new Map(
    clips.flatMap(({ island }) => (island ? [[mapDigest(island), island] as const] : [])),
  )
  const offsets = new Int32Array(clips.length + 1)
  for (const [index, { actions }] of clips.entries()) {
    offsets[index + 1] = (offsets[index] ?? 0) + actions.length
  }
  const path = Float32Array.from(clips.flatMap((clip) => [...clip.path]))
  const authors = clips.flatMap((clip) => Array.from(clip.authors, (who) => (who === 'h' ? 1 : 0)))
  return [
    ['start_names', npyArray([...START_KINDS])],
    ['ending_names', npyArray(endings)],
    ['clip_id', npyArray(clips.map(({ id }) => id))],
    ['clip_world_version', int32(clips.map(({ worldVersion }) => worldVersion))],
    [
      'clip_start',
      places(
        START_KINDS,
        clips.map(({ start }) => start),
      ),
    ],
    ['clip_seed', npyArray(BigInt64Array.from(clips, ({ seed }) => BigInt(seed)))],
    [
      'clip_ending',
      places(
        endings,
        clips.map(({ ending }) => ending),
      ),
    ],
    ['clip_state_digest', npyArray(clips.map(({ stateDigest }) => stateDigest))],
    ['clip_policy_digest', npyArray(clips.map(({ policyDigest }) => policyDigest ?? ''))],
    ['clip_offset', npyArray(offsets)],
    ['action', npyArray(Uint16Array.from(clips.flatMap(({ actions }) => [...actions])))],
    ['by_human', npyArray(Uint8Array.from(authors))],
    ['path', npyArray(path, [path.length / 2, 2])],
    ...(islands.size === 0 ? [] : islandColumns(islands, clips)),
  ]
}

/** Names of the arrays that only files with clips on other islands than the first have. */
const MAPS = 'islands_json'
const CLIP_MAPS = 'clip_island'

function islandColumns(
  islands: ReadonlyMap<string, IslandMap>,
  clips: readonly Clip[],
): [string, NpyArray][] {
  const names = [...islands.keys()]
  const places = clips.map(({ island }) => (island ? names.indexOf(mapDigest(island)) : -1))
  return [
    [MAPS, jsonBytes([...islands.values()])],
    [CLIP_MAPS, int32(places)],
  ]
}

/** Reads and validates clips. Throws an ArchiveError. */
export function readClips(reader: ColumnReader): Clip[] {
  const ids = reader.texts('clip_id')
  const { length } = ids
  const worldVersion = reader.numbers('clip_world_version', length)
  const start = reader.names('clip_start', 'start_names', length)
  const seed = reader.numbers('clip_seed', length)
  const ending = reader.names('clip_ending', 'ending_names', length)
  const stateDigest = reader.texts('clip_state_digest', length)
  const policyDigest = reader.texts('clip_policy_digest', length)
  const island = reader.has(MAPS) ? readIslands(reader, length) : []
  const offset = reader.integers('clip_offset', length + 1, 0, 2 ** 31)
  const actions = reader.integers('action', offset[length] ?? 0, 0, 2 ** 16 - 1)
  const byHuman = reader.integers('by_human', actions.length, 0, 1)
  const path = reader.numbers('path', 2 * (actions.length + length))
  return ids.map((id, i) => {
    const [from, to] = [offset[i] ?? 0, offset[i + 1] ?? 0]
    const authors = byHuman.slice(from, to).map((human) => (human === 1 ? 'h' : 'a'))
    const clip = {
      id,
      worldVersion: worldVersion[i],
      start: start[i],
      seed: seed[i],
      ...(island[i] === undefined ? {} : { island: island[i] }),
      actions: Uint16Array.from(actions.slice(from, to)),
      authors: authors.join(''),
      path: Float32Array.from(path.slice(2 * (from + i), 2 * (to + i + 1))),
      ending: ending[i],
      stateDigest: stateDigest[i],
      ...(policyDigest[i] === '' ? {} : { policyDigest: policyDigest[i] }),
    }
    return checkedClip(clip, `clip ${i}`)
  })
}

/** Returns each clip's map, to be validated with the clip. */
function readIslands(reader: ColumnReader, length: number): readonly unknown[] {
  const places = reader.integers(CLIP_MAPS, length, -1, 2 ** 31)
  const maps = reader.json(MAPS)
  if (!Array.isArray(maps)) return damaged(`its array "${MAPS}" holds no list`)
  return places.map((place) => (place < 0 ? undefined : (maps[place] ?? null)))
}
