/** Pool of a policy's clips to compare: played once by the worker and then stored. */
import { z } from 'zod'
import { type Clip, type Pair, usesOf } from '../../alignment/labels/index.ts'
import { type IslandMap, mapDigest, WORLD_VERSION } from '../../island/index.ts'
import type { ClipRange } from '../../lab/labelling/protocol.ts'

/**
 * Number of clips in a pool. No clip repeats in the first two hundred pairs: their labels include more
 * than fifty decisive ones, which teach more if each is about other clips.
 */
export const POOL_CLIPS = 400

/** Ranges of clips, played one after another; the first are short, so that the first pairs come soon. */
export const RANGES: readonly ClipRange[] = [
  { first: 0, count: 8 },
  { first: 8, count: 8 },
  { first: 16, count: 16 },
  { first: 32, count: 32 },
  { first: 64, count: 64 },
  { first: 128, count: 128 },
  { first: 256, count: 144 },
]

/** Schema of a stored pool: the ids of its clips, in order. */
export const poolSchema = z.array(z.string())

/** Version of `RANGES`, incremented whenever these change, since clips depend on their range. */
const POOL_VERSION = 2

/** Returns the name of the setting that stores a policy's pool on an island, the first one if omitted. */
export function poolName(policyDigest: string, island?: IslandMap): string {
  const name = `pool ${POOL_VERSION} of world ${WORLD_VERSION}, policy ${policyDigest}`
  return island === undefined ? name : `${name}, island ${mapDigest(island)}`
}

/**
 * Returns the clips that the next pair may use: all up to the end of the first range by which two clips
 * have not been shown yet. Undefined while these are being played: a fast labeller waits rather than
 * sees the same few clips again. So all labellers get the same pairs, however fast their machine is.
 */
export function clipsInTurn(
  shown: readonly Pair[],
  pool: readonly Clip[],
): readonly Clip[] | undefined {
  const uses = usesOf(shown)
  const fresh = pool.map(({ id }) => uses(id) === 0)
  const range = RANGES.find(({ first, count }) => {
    const made = fresh.slice(0, first + count)
    return made.length < first + count || made.filter(Boolean).length >= 2
  })
  const end = range ? range.first + range.count : POOL_CLIPS
  return pool.length < end ? undefined : pool.slice(0, end)
}

/** Number of clips among which some reach each jumppad; playing them takes seconds. */
export const TELLING_CLIPS = 32

/** Number of clips among which enough for a session's pairs have much, or little, of a style. */
export const STYLE_CLIPS = 128

/** Returns the first `count` clips, the same for every labeller; none until these are played. */
export function firstClips(pool: readonly Clip[], count: number): readonly Clip[] {
  return pool.length < count ? [] : pool.slice(0, count)
}

export function isComplete(pool: readonly Clip[]): boolean {
  return pool.length >= POOL_CLIPS
}

/** Returns the ranges still to be played after `count` clips; an interrupted one is played again. */
export function rangesAfter(count: number): ClipRange[] {
  return RANGES.filter(({ first, count: size }) => first + size > count)
}
