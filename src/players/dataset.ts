/** Data sets of played episodes. Each episode is a function of the set's key and an index. */
import { type Key, rootKey, splitKey, type TrainedOn, trainingMap } from '../island/index.ts'
import { type PlayedEpisode, playEpisode } from './play.ts'
import { POPULATION, type Population } from './population.ts'

/** Number of episodes in the pre-training set, about 8.2 million decisions. */
export const PRETRAINING_EPISODES = 100_000

/**
 * Purpose of a data set. Sets of one seed but of different branches share no episode, so that training
 * data never overlaps with data used for tuning or reporting.
 */
export type Branch = 'pre-training' | 'held-out' | 'curated' | 'curated-held-out'

/** Key of a data set: together with the population, it determines all episodes. */
export interface DatasetKey {
  readonly seed: number
  readonly branch: Branch
}

/** Returns the key of the episode at an index of a data set. */
export function episodeKey({ seed, branch }: DatasetKey, index: number): Key {
  return splitKey(rootKey(seed), 'players', branch, index)
}

/** A data set that is not stored: each episode is played, deterministically, on request. */
export class PlayedSource {
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

  /** Returns the episode at an index in [0, length). Throws a RangeError for any other index. */
  episode(index: number): PlayedEpisode {
    if (!(Number.isInteger(index) && index >= 0 && index < this.length)) {
      throw new RangeError(
        `There is no episode ${index}: expected a whole number below ${this.length}.`,
      )
    }
    const island = trainingMap(this.#trainedOn, index)
    return playEpisode(episodeKey(this.key, index), this.#population, island)
  }
}
