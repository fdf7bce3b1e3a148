/** Replay that the address asks for: the actions of a link, or a play stored in this browser. */

import { type Clip, replayability } from '../../alignment/labels/index.ts'
import { type Beginning, WORLD_VERSION } from '../../island/index.ts'
import type { Script } from '../../lab/acting/protocol.ts'
import { labDatabase } from '../data/database.ts'
import { problemOf } from '../sentences.ts'
import type { SharedMoment } from '../stores/watch-moment.ts'

/** Clip that can only be shown as its stored path. */
export interface StoredPath {
  readonly clip: Clip
  /** Reason why it cannot be replayed, as a sentence. */
  readonly why: string
}

export interface ReplayedMoment {
  /** Script of each agent; empty if none is replayed. */
  readonly scripts: readonly Script[]
  /** Stored path that the first agent shows in place of a script. */
  readonly path?: StoredPath
  /** Beginning that replaces that of the address. */
  readonly episode?: Beginning
  /** Description of what is replayed; undefined if nothing is. */
  readonly words: string | undefined
  /** Problem with the replay, as a sentence. */
  readonly notice: string | undefined
}

const NOTHING: ReplayedMoment = { scripts: [], words: undefined, notice: undefined }

export async function loadReplay({
  scripts,
  clip,
  problem,
}: SharedMoment): Promise<ReplayedMoment> {
  if (clip !== undefined) return replayClip(clip)
  if (scripts.length === 0) return { ...NOTHING, notice: problem }
  return { scripts, words: 'A recorded moment', notice: problem }
}

async function replayClip(id: string): Promise<ReplayedMoment> {
  try {
    const { readClips } = await import('../../storage/index.ts')
    const { records } = await readClips(await labDatabase(), [id])
    const [clip] = records
    if (!clip) {
      const notice = 'The play in this link is not saved in this browser: agents play live instead.'
      return { ...NOTHING, notice }
    }
    return replayOf(clip)
  } catch (error) {
    return { ...NOTHING, notice: `The play could not be read. ${problemOf(error)}` }
  }
}

function replayOf(clip: Clip): ReplayedMoment {
  const { start, seed, island, actions, authors } = clip
  const shared = {
    episode: { start, seed, ...(island && { island }) },
    words: 'A saved play',
    notice: undefined,
  }
  const found = replayability(clip)
  if (found === 'replays') return { ...shared, scripts: [{ actions, authors, alone: true }] }
  const why =
    found === 'from another world'
      ? `This play is from world version ${clip.worldVersion}, but this lab has version ${WORLD_VERSION} and cannot replay it: its stored path is shown from above.`
      : 'This play no longer replays as it was recorded: its stored path is shown from above.'
  return { ...shared, scripts: [], path: { clip, why } }
}
