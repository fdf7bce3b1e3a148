/** What a moment of the address stands for: the actions of a link, or a play that is kept here. */
import { type Clip, replayability } from '../../alignment/labels/index.ts'
import { type Episode, WORLD_VERSION } from '../../island/index.ts'
import type { Script } from '../../lab/acting/protocol.ts'
import { messageOf } from '../../lab/worker/errors.ts'
import { labDatabase } from '../data/database.ts'
import type { SharedMoment } from '../stores/watch-moment.ts'

/** A clip of which only the places are known. */
export interface StoredPath {
  readonly clip: Clip
  /** Why it cannot be replayed. */
  readonly why: string
}

export interface Replay {
  /** What is played again, for each agent. */
  readonly scripts: readonly Script[]
  /** In the place of a script, for the first agent. */
  readonly path?: StoredPath
  /** In the place of the one in the address. */
  readonly episode?: Pick<Episode, 'start' | 'seed'>
  /** What is replayed, as words; undefined where nothing is. */
  readonly words: string | undefined
  /** Something that could not be done. */
  readonly notice: string | undefined
}

const NOTHING: Replay = { scripts: [], words: undefined, notice: undefined }

export async function loadReplay({ scripts, clip, problem }: SharedMoment): Promise<Replay> {
  if (clip !== undefined) return replayClip(clip)
  if (scripts.length === 0) return { ...NOTHING, notice: problem }
  return { scripts, words: 'A recorded moment', notice: problem }
}

async function replayClip(id: string): Promise<Replay> {
  try {
    const { readClips } = await import('../../storage/index.ts')
    const { records } = await readClips(await labDatabase(), [id])
    const [clip] = records
    if (!clip) {
      const notice = 'The play in this address is not kept in this browser: agents play instead.'
      return { ...NOTHING, notice }
    }
    return replayOf(clip)
  } catch (error) {
    return { ...NOTHING, notice: `The play could not be read. ${messageOf(error)}` }
  }
}

function replayOf(clip: Clip): Replay {
  const { start, seed, actions, authors } = clip
  const shared = { episode: { start, seed }, words: 'A kept play', notice: undefined }
  const found = replayability(clip)
  if (found === 'replays') return { ...shared, scripts: [{ actions, authors, alone: true }] }
  const why =
    found === 'from another world'
      ? `This play is from world version ${clip.worldVersion}, this lab has version ${WORLD_VERSION} and cannot replay it: its stored path is shown from above.`
      : 'This play no longer replays as it was recorded: its stored path is shown from above.'
  return { ...shared, scripts: [], path: { clip, why } }
}
