/** The clips that are compared: a policy's play, made once by the worker and then kept. */
import { z } from 'zod'
import { type Clip, type Pair, usesOf } from '../../alignment/labels/index.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import type { ClipRange } from '../../lab/labelling/protocol.ts'

/**
 * How many clips there are. In the first two hundred pairs none comes twice: that many hold more than
 * fifty that prefer a side, and those teach more if each is of other clips.
 */
export const POOL_CLIPS = 400

/** Played one after another; the first are short, so that the first pairs come soon. */
export const RANGES: readonly ClipRange[] = [
  { first: 0, count: 8 },
  { first: 8, count: 8 },
  { first: 16, count: 16 },
  { first: 32, count: 32 },
  { first: 64, count: 64 },
  { first: 128, count: 128 },
  { first: 256, count: 144 },
]

/** What is remembered of a pool: its clips in their order. */
export const poolSchema = z.array(z.string())

/** Raised whenever other ranges are played, since the range decides what its clips show. */
const POOL_VERSION = 2

/** The name under which it is remembered. */
export function poolName(policyDigest: string): string {
  return `pool ${POOL_VERSION} of world ${WORLD_VERSION}, policy ${policyDigest}`
}

/**
 * The clips that the next pair may be of: all up to the end of the first range of which two were not
 * shown yet. Undefined while these are being played: who answers faster than that waits rather than
 * sees the same few again. The same pairs come for everybody, however fast their machine is.
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

/**
 * The clips that telling pairs are of, the same for everybody; none until so many were played. Of so
 * many some reach each of the jumppads, and they have come in a few seconds.
 */
export function tellingClips(pool: readonly Clip[]): readonly Clip[] {
  return pool.length < TELLING_CLIPS ? [] : pool.slice(0, TELLING_CLIPS)
}
const TELLING_CLIPS = 32

export function isComplete(pool: readonly Clip[]): boolean {
  return pool.length >= POOL_CLIPS
}

/** The ranges that are still to be played; what was cut short is played again. */
export function rangesAfter(count: number): ClipRange[] {
  return RANGES.filter(({ first, count: size }) => first + size > count)
}
