/**
 * Binary format of data sets, little-endian throughout:
 *
 *     magic 'JPDS' | header length, uint32 | header, ASCII JSON | records
 *     record: seed, uint32 | skill, float64 | start, habit, ending, n: uint8 each | n actions, uint16
 *
 * The habit byte is an index into the header's list of habits, so that reordering HABITS does not
 * affect files. The start and ending bytes are indices into START_KINDS and ENDINGS, so their order
 * is part of the format.
 */
import {
  ACTION_COUNT,
  Digest,
  type Ending,
  EPISODE_DECISIONS,
  START_KINDS,
} from '../island/index.ts'
import { checkIndex, type Dataset, type DatasetSource } from './dataset.ts'
import { checkedHeader, type DatasetHeader, fail } from './dataset-header.ts'
import { HABITS, type HabitName, isHabitName } from './habits.ts'
import type { PlayedEpisode } from './play.ts'

const MAGIC = [0x4a, 0x50, 0x44, 0x53] as const // JPDS
const PREAMBLE_BYTES = 8
const RECORD_BYTES = 16
const ENDINGS: readonly Ending[] = ['none', 'left', 'middle', 'right']

/** Returns the code of an episode's ending. Throws a RangeError for an episode on another island. */
function endingCode({ ending, island }: PlayedEpisode): number {
  const code = ENDINGS.indexOf(ending)
  if (code < 0 || island !== undefined) {
    throw new RangeError('Found an episode on another island: files hold those of the first island')
  }
  return code
}

/**
 * Encodes a data set. Throws a RangeError for too many actions, a non-ASCII header, or episodes on
 * another island.
 */
export function encodeDataset(dataset: Dataset): Uint8Array {
  const { episodes, ...about } = dataset
  const habits = Object.keys(HABITS).filter(isHabitName)
  const decisions = episodes.reduce((sum, { actions }) => sum + actions.length, 0)
  const records = new Uint8Array(RECORD_BYTES * episodes.length + 2 * decisions)
  const view = new DataView(records.buffer)
  let at = 0
  for (const episode of episodes) at = writeRecord(view, at, episode, habits)
  const digest = digestOf(records)
  const header: DatasetHeader = { ...about, episodes: episodes.length, decisions, habits, digest }
  const text = asciiBytes(JSON.stringify(header))
  const bytes = new Uint8Array(PREAMBLE_BYTES + text.length + records.length)
  bytes.set(MAGIC)
  new DataView(bytes.buffer).setUint32(MAGIC.length, text.length, true)
  bytes.set(text, PREAMBLE_BYTES)
  bytes.set(records, PREAMBLE_BYTES + text.length)
  return bytes
}

function writeRecord(
  view: DataView,
  at: number,
  episode: PlayedEpisode,
  habits: readonly HabitName[],
): number {
  const { actions } = episode
  if (actions.length > EPISODE_DECISIONS) {
    throw new RangeError(
      `An episode has ${actions.length} actions: expected at most ${EPISODE_DECISIONS}.`,
    )
  }
  view.setUint32(at, episode.seed, true)
  view.setFloat64(at + 4, episode.skill, true)
  view.setUint8(at + 12, START_KINDS.indexOf(episode.start))
  view.setUint8(at + 13, habits.indexOf(episode.habit))
  view.setUint8(at + 14, endingCode(episode))
  view.setUint8(at + 15, actions.length)
  actions.forEach((action, i) => {
    view.setUint16(at + RECORD_BYTES + 2 * i, action, true)
  })
  return at + RECORD_BYTES + 2 * actions.length
}

/** Decodes a whole data set, with the checks and errors of `DatasetReader`. */
export function decodeDataset(bytes: Uint8Array): Dataset {
  const reader = new DatasetReader(bytes)
  const { version, worldVersion, population, key } = reader.header
  const episodes = Array.from({ length: reader.length }, (_, index) => reader.episode(index))
  return { version, worldVersion, population, key, episodes }
}

/**
 * Reads the episodes of an encoded data set one at a time. The constructor checks the header, the
 * length and the digest of all records; each record is checked when it is read. Both throw an Error
 * that says what was found, what was expected and what to do, for bytes that are truncated,
 * damaged, of another format or of another version of the format or of the world.
 */
export class DatasetReader implements DatasetSource {
  readonly header: DatasetHeader
  readonly length: number
  readonly #view: DataView
  /** Byte offset of each record: [length]. */
  readonly #offsets: Uint32Array

  constructor(bytes: Uint8Array) {
    const { header, end } = readHeader(bytes)
    const records = bytes.subarray(end)
    const size = RECORD_BYTES * header.episodes + 2 * header.decisions
    if (records.length !== size) {
      fail(`found ${records.length} bytes of records, expected ${size}`, 'the file was cut off')
    }
    if (digestOf(records) !== header.digest) {
      fail(`found digest ${digestOf(records)}, expected ${header.digest}`, 'the file is damaged')
    }
    this.header = header
    this.length = header.episodes
    this.#view = new DataView(records.buffer, records.byteOffset, records.length)
    this.#offsets = this.#findRecords(size)
  }

  episode(index: number): PlayedEpisode {
    checkIndex(index, this.length)
    const at = this.#offsets[index] ?? 0
    const view = this.#view
    const actions = new Uint16Array(view.getUint8(at + 15))
    for (let i = 0; i < actions.length; i++) {
      const action = view.getUint16(at + RECORD_BYTES + 2 * i, true)
      if (action >= ACTION_COUNT) fail(`found action ${action} in episode ${index}`)
      actions[i] = action
    }
    return {
      worldVersion: this.header.worldVersion,
      seed: view.getUint32(at, true),
      skill: view.getFloat64(at + 4, true),
      start: named('start', START_KINDS, view.getUint8(at + 12)),
      habit: named('habit', this.header.habits, view.getUint8(at + 13)),
      ending: named('ending', ENDINGS, view.getUint8(at + 14)),
      actions,
    }
  }

  #findRecords(size: number): Uint32Array {
    const offsets = new Uint32Array(this.length)
    let at = 0
    for (let i = 0; i < this.length; i++) {
      offsets[i] = at
      const decisions = at + RECORD_BYTES <= size ? this.#view.getUint8(at + 15) : 0
      at += RECORD_BYTES + 2 * decisions
    }
    if (at !== size) fail(`found records of ${at} bytes together, expected ${size}`)
    return offsets
  }
}

function readHeader(bytes: Uint8Array): { header: DatasetHeader; end: number } {
  if (bytes.length < PREAMBLE_BYTES) {
    fail(`found ${bytes.length} bytes, expected ${PREAMBLE_BYTES} or more`, 'the file was cut off')
  }
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) {
    fail("found other bytes than 'JPDS' at its start", 'it is a file of another kind')
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = PREAMBLE_BYTES + view.getUint32(MAGIC.length, true)
  if (bytes.length < end) {
    fail(`found ${bytes.length} bytes, expected a header up to byte ${end}`, 'the file was cut off')
  }
  return { header: checkedHeader(parsed(bytes.subarray(PREAMBLE_BYTES, end))), end }
}

function parsed(bytes: Uint8Array): unknown {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  try {
    return JSON.parse(text)
  } catch {
    return fail('found a header that is not JSON', 'the file is damaged')
  }
}

function named<T>(what: string, names: readonly T[], index: number): T {
  const name = names[index]
  if (name === undefined) return fail(`found ${what} ${index}, expected less than ${names.length}`)
  return name
}

function digestOf(records: Uint8Array): string {
  const digest = new Digest()
  digest.addBytes(records)
  return digest.hex()
}

function asciiBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 127) throw new RangeError(`The header has a "${text[i]}": expected ASCII only.`)
    bytes[i] = code
  }
  return bytes
}
