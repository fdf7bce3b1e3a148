import { z } from 'zod'
import { relay } from '../alignment/index.ts'
import { mapSchema } from '../alignment/map-schema.ts'
import { START_KINDS, WORLD_VERSION } from '../island/index.ts'
import {
  type BestOfPlayOptions,
  type BestOfPlayReport,
  type BestOfPlayResult,
  imitateBest,
  type RatedEpisode,
} from './best-of-play.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import type { Store } from './store.ts'

export interface BestOfPlayJob {
  /** All options of `imitateBest` except the state to begin from. */
  readonly options: Omit<BestOfPlayOptions, 'from'>
  /** Stage, recipe, key and models in one text; only a checkpoint with the same text is resumed. */
  readonly identity: string
  readonly store: Store
}

export const BEST_OF_PLAY_CHECKPOINT = 'best-of-play.safetensors'

/** Episodes of earlier rounds, kept besides the snapshot. */
const notesSchema = z.array(
  z.object({
    start: z.enum(START_KINDS),
    seed: z.int().nonnegative(),
    island: mapSchema.optional(),
    actions: z.array(z.int().nonnegative()),
    reward: z.number(),
    round: z.int().nonnegative(),
  }),
)

/**
 * Runs best-of-play imitation, resuming after the last round that was completed. The checkpoint stays in
 * the store; the caller removes it once the result is safely stored.
 */
export async function* runBestOfPlay({
  options,
  identity,
  store,
}: BestOfPlayJob): AsyncGenerator<BestOfPlayReport, BestOfPlayResult> {
  const kept = await readCheckpoint(store, BEST_OF_PLAY_CHECKPOINT, identity)
  const from = kept && { snapshot: kept.snapshot, earlier: readEpisodes(kept.notes) }
  return yield* relay(imitateBest({ ...options, from }), async function* (report) {
    if (report.kind === 'round') {
      const { snapshot, earlier } = report.state
      const notes = writeEpisodes(earlier)
      await writeCheckpoint(store, BEST_OF_PLAY_CHECKPOINT, { identity, notes, snapshot })
    }
    // Only after the write: a caller may exit as soon as it receives the report.
    yield report
  })
}

function readEpisodes(notes: string): RatedEpisode[] {
  return notesSchema.parse(JSON.parse(notes)).map(({ reward, round, actions, ...beginning }) => ({
    ...{ reward, round },
    episode: { worldVersion: WORLD_VERSION, ...beginning, actions: Uint16Array.from(actions) },
  }))
}

function writeEpisodes(earlier: readonly RatedEpisode[]): string {
  return JSON.stringify(
    earlier.map(({ episode: { start, seed, island, actions }, reward, round }) => ({
      ...{ start, seed, ...(island && { island }), reward, round },
      actions: Array.from(actions),
    })),
  )
}
