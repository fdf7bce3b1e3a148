/** The clips that are compared: a policy's play, made once by the worker and then kept. */
import { z } from 'zod'
import type { Clip } from '../../alignment/labels/index.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import type { ClipRange } from '../../lab/labelling-protocol.ts'

/** How many clips there are: some 20,000 pairs. */
export const POOL_CLIPS = 200

/** Played one after another; the first is short, so that the first pair comes soon. */
export const RANGES: readonly ClipRange[] = [
  { first: 0, count: 8 },
  { first: 8, count: 24 },
  { first: 32, count: 64 },
  { first: 96, count: 104 },
]

/** The first pairs of all are of the first clips alone, whether or not there are more by then. */
const OPENING_PAIRS = 6
const OPENING_CLIPS = 8

/** What is remembered of a pool: its clips in their order. */
export const poolSchema = z.array(z.string())

/** The name under which it is remembered. */
export function poolName(policyDigest: string): string {
  return `pool of world ${WORLD_VERSION}, policy ${policyDigest}`
}

/** The clips that the pair at a place may be of: the same for everybody whose pool is complete. */
export function clipsAt(place: number, pool: readonly Clip[]): readonly Clip[] {
  return place < OPENING_PAIRS ? pool.slice(0, OPENING_CLIPS) : pool
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
