/** Sets of played episodes. An episode of a set is a function of the set's key and an index. */
import { type Key, rootKey, splitKey, WORLD_VERSION } from '../island/index.ts'
import { type PlayedEpisode, playEpisode } from './play.ts'
import { POPULATION, type Population } from './population.ts'

/** Raised with any change to what a stored data set is made of. */
export const DATASET_VERSION = 1

/** Episodes of the pre-training set: some 5.2 million decisions. */
export const PRETRAINING_EPISODES = 100_000

/**
 * What a data set is for. Sets of one seed but of different branches have nothing in common, so
 * what is trained on is never what is tuned or reported on.
 */
export const BRANCHES = ['pre-training', 'held-out', 'curated', 'curated-held-out'] as const
export type Branch = (typeof BRANCHES)[number]

/** The randomness that a data set is drawn from. */
export interface DatasetKey {
  readonly seed: number
  readonly branch: Branch
}

export interface Dataset {
  readonly version: number
  readonly worldVersion: number
  readonly population: { readonly name: string; readonly version: number }
  readonly key: DatasetKey
  readonly episodes: readonly PlayedEpisode[]
}

/** Anything that has episodes by number: a file, or people who play when asked. */
export interface EpisodeSource {
  readonly length: number
  /** The episode at an index from 0 up to the length; throws a RangeError for any other. */
  episode(index: number): PlayedEpisode
}

/** Throws a RangeError where a source has no episode of this index. */
export function checkIndex(index: number, length: number): void {
  if (!(Number.isInteger(index) && index >= 0 && index < length)) {
    throw new RangeError(`There is no episode ${index}: expected a whole number below ${length}.`)
  }
}

/** The key from which the episode of an index is played. */
export function episodeKey({ seed, branch }: DatasetKey, index: number): Key {
  return splitKey(rootKey(seed), 'players', branch, index)
}

/** A data set that is not kept: each episode is played, always the same, when it is asked for. */
export class PlayedSource implements EpisodeSource {
  readonly key: DatasetKey
  readonly length: number
  readonly #population: Population

  constructor(key: DatasetKey, length: number, population: Population = POPULATION) {
    this.key = key
    this.length = length
    this.#population = population
  }

  episode(index: number): PlayedEpisode {
    checkIndex(index, this.length)
    return playEpisode(episodeKey(this.key, index), this.#population)
  }
}

/** How large a data set is to be: a number of episodes, or the fewest with so many decisions. */
export type DatasetSize = { readonly episodes: number } | { readonly decisions: number }

/** How far the making of a data set has come. */
export interface DatasetProgress {
  readonly episodes: number
  readonly decisions: number
  /** From 0 to 1. */
  readonly done: number
}

/** Episodes from one report of progress to the next. */
const REPORT_EVERY = 100

function doneOf(size: DatasetSize, episodes: number, decisions: number): number {
  const [have, want] = 'episodes' in size ? [episodes, size.episodes] : [decisions, size.decisions]
  return have >= want ? 1 : have / want
}

/** Plays a data set, with a report now and then; returns it when it is done. */
export function* generateDataset(
  key: DatasetKey,
  size: DatasetSize,
  population: Population = POPULATION,
): Generator<DatasetProgress, Dataset> {
  const episodes: PlayedEpisode[] = []
  let decisions = 0
  while (doneOf(size, episodes.length, decisions) < 1) {
    const episode = playEpisode(episodeKey(key, episodes.length), population)
    episodes.push(episode)
    decisions += episode.actions.length
    if (episodes.length % REPORT_EVERY === 0) {
      const done = doneOf(size, episodes.length, decisions)
      yield { episodes: episodes.length, decisions, done }
    }
  }
  const { name, version } = population
  return {
    version: DATASET_VERSION,
    worldVersion: WORLD_VERSION,
    population: { name, version },
    key,
    episodes,
  }
}

/** The whole data set, for who needs no reports. */
export function playDataset(
  key: DatasetKey,
  size: DatasetSize,
  population: Population = POPULATION,
): Dataset {
  const play = generateDataset(key, size, population)
  let step = play.next()
  while (!step.done) step = play.next()
  return step.value
}
