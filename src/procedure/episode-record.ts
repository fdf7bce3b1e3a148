/**
 * Episodes as records of `models/results.json`: actions as base64 of little-endian uint16,
 * regardless of the machine's own byte order.
 */
import { base64Decode, base64Encode } from '@bufbuild/protobuf/wire'
import { type Ending, type Episode, HOME, worldOf } from '../island/index.ts'
import type { EpisodeRecord } from './results.ts'

/** Encodes actions as base64. */
export function encodeActions(actions: Uint16Array): string {
  const bytes = new Uint8Array(2 * actions.length)
  const view = new DataView(bytes.buffer)
  actions.forEach((action, index) => {
    view.setUint16(2 * index, action, true)
  })
  return base64Encode(bytes)
}

/** Decodes actions from base64. Throws an Error when the bytes do not make whole actions. */
export function decodeActions(text: string): Uint16Array {
  const bytes = base64Decode(text)
  if (bytes.length % 2 !== 0) {
    throw new Error(`Found ${bytes.length} bytes of actions: expected two for each action`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Uint16Array.from({ length: bytes.length / 2 }, (_, index) =>
    view.getUint16(2 * index, true),
  )
}

/**
 * Returns the record of an episode; the world version is kept once for all episodes. Throws a
 * RangeError for an episode on another island than the first, as records have none.
 */
export function recordOf(episode: Omit<Episode, 'worldVersion'>, ending: Ending): EpisodeRecord {
  const { start, seed, actions, island } = episode
  if (worldOf({ island }) !== HOME) {
    throw new RangeError('Records can only be made of episodes on the first island')
  }
  return { start, seed, actions: encodeActions(actions), ending }
}

/** Returns the episode of a record, ready to be replayed. */
export function episodeOf(record: EpisodeRecord, worldVersion: number): Episode {
  const { start, seed, actions } = record
  return { worldVersion, start, seed, actions: decodeActions(actions) }
}
