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

/** Episodes of each stage that are kept for its map. */
const MAP_EPISODES = 60
/** Examples of each kind and stage in the gallery. */
const PER_KIND = 2
/** The seed of the episodes that are looked at, apart from those that are counted. */
const GALLERY_SEED = 31415

/** What was seen of one agent. */
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

/** Fresh episodes of an agent: some for its map, and the clearest examples of each kind among them. */
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

export const RECOVERY_STARTS = START_KINDS.filter((start) => start !== 'spawn')

/** How an agent does from each recovery start. */
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
 * One beginning off the beaten path, the same for all agents: the first where one of those that were
 * pre-trained arrives and the one that was not does not. The tables say how often that happens.
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
