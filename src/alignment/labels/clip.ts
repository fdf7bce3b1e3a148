/** Clips as they are stored with the labels that refer to them. */

import { z } from 'zod'
import {
  ACTION_COUNT,
  Digest,
  EPISODE_DECISIONS,
  type Episode,
  HOME,
  HOME_MAP,
  mapDigest,
  replay,
  START_KINDS,
  WORLD_VERSION,
  worldOf,
} from '../../island/index.ts'
import { limitProblem, mapSchema } from '../map-schema.ts'
import { endingSchema } from '../outcome-schema.ts'
import { sha256Schema } from '../sha256-schema.ts'

/**
 * Schema of a clip's id, 16 hexadecimal digits: the digest of its world version, start, seed and actions,
 * and of its island unless that is the first one.
 */
export const clipIdSchema = z.string().regex(/^[0-9a-f]{16}$/, 'expected 16 hexadecimal digits')

export const clipSchema = z
  .strictObject({
    id: clipIdSchema,
    worldVersion: z.int().positive().max(1_000_000),
    start: z.enum(START_KINDS),
    seed: z.int().nonnegative(),
    /** Map of the island; absent for the first one. */
    island: mapSchema.optional(),
    /** Encoded actions, one per decision. */
    actions: z.instanceof(Uint16Array),
    /** Author of each decision, one letter each: `a` for the agent, `h` for a human. */
    authors: z.string().regex(/^[ah]*$/, 'expected a letter a or h for each decision'),
    /** x and z in metres before the first decision and after each: `[2 × (decisions + 1)]`. */
    path: z.instanceof(Float32Array),
    ending: endingSchema,
    /** Digest of every state, as `replay` returns it; a different one means a different world. */
    stateDigest: z.string().regex(/^[0-9a-f]{16}$/, 'expected 16 hexadecimal digits'),
    /** Digest of the policy that acted; absent if a human made every decision. */
    policyDigest: sha256Schema.optional(),
  })
  .superRefine((clip, context) => {
    const problem = problemOf(clip)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  })
  // Clips of one island share its map: each read from a file or a store would otherwise bring its own.
  .transform((clip) => (clip.island ? { ...clip, island: worldOf(clip).map } : clip))

export type Clip = Readonly<z.infer<typeof clipSchema>>

function problemOf(clip: Clip): string | undefined {
  const { actions, authors, path, island } = clip
  if (island !== undefined) {
    const problem = limitProblem(island)
    if (problem !== undefined) return problem
    if (worldOf({ island }) === HOME) return 'found the map of the first island, expected none'
  }
  const decisions = actions.length
  if (decisions < 1 || decisions > EPISODE_DECISIONS) {
    return `found ${decisions} actions, expected 1 to ${EPISODE_DECISIONS}`
  }
  const stranger = actions.find((action) => action >= ACTION_COUNT)
  if (stranger !== undefined) return `found action ${stranger}, expected less than ${ACTION_COUNT}`
  if (authors.length !== decisions) {
    return `found ${authors.length} authors for ${decisions} decisions, expected one for each`
  }
  if (path.length !== 2 * (decisions + 1)) {
    return `found ${path.length} path coordinates, expected ${2 * (decisions + 1)}`
  }
  if (!path.every(Number.isFinite)) return 'found a path with NaN or infinite coordinates'
  const id = clipId(clip)
  return clip.id === id ? undefined : `found the id ${clip.id}, expected ${id} from its content`
}

/** Returns the id of an episode's clip. It depends on the content alone, wherever the clip is stored. */
function clipId(episode: Episode): string {
  const digest = new Digest()
  digest.addNumber(episode.worldVersion)
  digest.addNumber(START_KINDS.indexOf(episode.start))
  digest.addNumber(episode.seed)
  for (const action of episode.actions) digest.addNumber(action)
  if (episode.island !== undefined) {
    for (const digit of mapDigest(episode.island)) digest.addNumber(Number.parseInt(digit, 16))
  }
  return digest.hex()
}

/** Authors of a clip's decisions. */
export interface Authorship {
  /** One letter per decision; see `clipSchema`. */
  readonly authors: string
  readonly policyDigest?: string
}

/**
 * Returns the clip of an episode, which is replayed for its path, ending and digest. Throws if the episode
 * is from another world version, or the clip would be invalid.
 */
export function keepClip(episode: Episode, authorship: Authorship): Clip {
  const { worldVersion, start, seed } = episode
  const { map } = worldOf(episode)
  const played = { worldVersion, start, seed, ...(map === HOME_MAP ? {} : { island: map }) }
  const actions = Uint16Array.from(episode.actions)
  const { ending, path, stateDigest } = replay(episode)
  const id = clipId({ ...played, actions })
  return clipSchema.parse({ id, ...played, actions, path, ending, stateDigest, ...authorship })
}

/** Returns the clip of an episode that a policy played from beginning to end. */
export function keepAgentClip(episode: Episode, policyDigest: string): Clip {
  return keepClip(episode, { authors: 'a'.repeat(episode.actions.length), policyDigest })
}

/** Result of replaying a clip: unless it 'replays', it can only be shown as its stored path from above. */
export type Replayability = 'replays' | 'replays differently' | 'from another world'

/** Replays a clip and returns whether the result still matches what was stored. */
export function replayability(clip: Clip): Replayability {
  if (clip.worldVersion !== WORLD_VERSION) return 'from another world'
  try {
    return replay(clip).stateDigest === clip.stateDigest ? 'replays' : 'replays differently'
  } catch {
    // A damaged clip may have actions after its episode's end, for which the island throws.
    return 'replays differently'
  }
}
