import type { Trajectory } from '../../alignment/index.ts'
import {
  evaluatePolicy,
  findGallery,
  type OutcomeTable,
  outcomeTable,
} from '../../evaluation/index.ts'
import { START_KINDS, type StartKind } from '../../island/index.ts'
import { type EpisodeRecord, type GalleryEntry, recordOf } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { readModelFile } from '../evaluate.ts'

/** Number of episodes per stage that are kept for its map. */
const MAP_EPISODES = 60
/** Number of gallery examples per kind and stage. */
const PER_KIND = 2
/** Seed of the episodes for maps, gallery and recovery, separate from the evaluation's. */
const GALLERY_SEED = 31415

/** Episodes and gallery examples of one agent. */
export interface Watched {
  readonly episodes: EpisodeRecord[]
  readonly gallery: GalleryEntry[]
}

async function episodesOf(
  device: Device,
  path: string,
  start: StartKind,
  episodes: number,
  seed: number,
): Promise<Trajectory[]> {
  const model = await readModelFile(path)
  const found: Trajectory[] = []
  const options = { device, model, episodes, seed, start, temperature: 1, islands: 64 }
  for await (const { index, trajectory } of evaluatePolicy(options)) found[index] = trajectory
  return found
}

/**
 * Plays fresh episodes with an agent; returns some for its map and the clearest gallery examples of
 * each kind.
 */
export async function watchAgent(
  device: Device,
  path: string,
  stage: string,
  count: number,
): Promise<Watched> {
  const episodes = await episodesOf(device, path, 'spawn', count, GALLERY_SEED)
  const gallery = findGallery(episodes, PER_KIND).map(({ kind, episode }) => ({
    stage,
    kind,
    episode: recordOf(episode, episode.ending),
  }))
  return {
    episodes: episodes.slice(0, MAP_EPISODES).map((episode) => recordOf(episode, episode.ending)),
    gallery,
  }
}

const RECOVERY_STARTS = START_KINDS.filter((start) => start !== 'spawn')

/** Measures an agent's outcomes from each recovery start. */
export async function recoveries(
  device: Device,
  path: string,
  count: number,
): Promise<{ readonly start: StartKind; readonly table: OutcomeTable }[]> {
  const tables: { start: StartKind; table: OutcomeTable }[] = []
  for (const start of RECOVERY_STARTS) {
    const episodes = await episodesOf(device, path, start, count, GALLERY_SEED)
    tables.push({ start, table: outcomeTable(episodes) })
  }
  return tables
}

/**
 * Returns one episode per agent from the same initial state, for each recovery start: the first
 * state from which the fine-tuned agent reaches a jumppad and the one trained from scratch does
 * not. The outcome tables say how often that happens.
 */
export async function sameRecovery(
  device: Device,
  agents: Readonly<Record<'base' | 'fine-tuned' | 'scratch', string>>,
  count: number,
): Promise<GalleryEntry[]> {
  const entries: GalleryEntry[] = []
  for (const start of RECOVERY_STARTS) {
    const play = (path: string) => episodesOf(device, path, start, count, GALLERY_SEED)
    const played = {
      base: await play(agents.base),
      'fine-tuned': await play(agents['fine-tuned']),
      scratch: await play(agents.scratch),
    }
    const index = played.scratch.findIndex(
      ({ ending }, at) => ending === 'none' && played['fine-tuned'][at]?.ending !== 'none',
    )
    for (const [stage, episodes] of Object.entries(played)) {
      const episode = episodes[index]
      if (episode)
        entries.push({
          stage,
          kind: `same start, ${start}`,
          episode: recordOf(episode, episode.ending),
        })
    }
  }
  return entries
}
