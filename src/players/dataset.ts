/** Data sets of played episodes. Each episode is a function of the set's key and an index. */
import {
  type Key,
  rootKey,
  splitKey,
  type TrainedOn,
  trainingMap,
  WORLD_VERSION,
} from '../island/index.ts'
import { type PlayedEpisode, playEpisode } from './play.ts'
import { POPULATION, type Population } from './population.ts'

/** Version of the stored format. Raise it with any change to the contents of a stored data set. */
export const DATASET_VERSION = 1

/** Number of episodes in the pre-training set, about 5.2 million decisions. */
export const PRETRAINING_EPISODES = 100_000

/**
 * Purposes of data sets. Sets of one seed but of different branches share no episode, so that
 * training data never overlaps with data used for tuning or reporting.
 */
export const BRANCHES = ['pre-training', 'held-out', 'curated', 'curated-held-out'] as const
export type Branch = (typeof BRANCHES)[number]

/** Key of a data set: together with the population, it determines all episodes. */
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

/** An indexed source of episodes: a file, or players that play on demand. */
export interface DatasetSource {
  readonly length: number
  /** Returns the episode at an index in [0, length). Throws a RangeError for any other index. */
  episode(index: number): PlayedEpisode
}

/** Throws a RangeError unless the index is an integer in [0, length). */
export function checkIndex(index: number, length: number): void {
  if (!(Number.isInteger(index) && index >= 0 && index < length)) {
    throw new RangeError(`There is no episode ${index}: expected a whole number below ${length}.`)
  }
}

/** Returns the key of the episode at an index of a data set. */
export function episodeKey({ seed, branch }: DatasetKey, index: number): Key {
  return splitKey(rootKey(seed), 'players', branch, index)
}

/** A data set that is not stored: each episode is played, deterministically, on request. */
export class PlayedSource implements DatasetSource {
  readonly key: DatasetKey
  readonly length: number
  readonly #population: Population
  readonly #trainedOn: TrainedOn

  constructor(
    key: DatasetKey,
    length: number,
    population: Population = POPULATION,
    trainedOn: TrainedOn = 'first',
  ) {
    this.key = key
    this.length = length
    this.#population = population
    this.#trainedOn = trainedOn
  }

  episode(index: number): PlayedEpisode {
    checkIndex(index, this.length)
    const island = trainingMap(this.#trainedOn, index)
    return playEpisode(episodeKey(this.key, index), this.#population, island)
  }
}

/** Requested size of a data set: a number of episodes, or as few as have this many decisions. */
export type DatasetSize = { readonly episodes: number } | { readonly decisions: number }

/** Progress of the generation of a data set. */
export interface DatasetProgress {
  readonly episodes: number
  readonly decisions: number
  /** Fraction of the requested size, 0…1. */
  readonly done: number
}

/** Number of episodes between progress reports. */
const REPORT_EVERY = 100

function doneOf(size: DatasetSize, episodes: number, decisions: number): number {
  const [have, want] = 'episodes' in size ? [episodes, size.episodes] : [decisions, size.decisions]
  return have >= want ? 1 : have / want
}

/** Generates a data set, yields progress every REPORT_EVERY episodes, and returns the data set. */
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

/** Generates a whole data set without progress reports. */
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
