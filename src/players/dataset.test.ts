import { describe, expect, it } from 'vitest'
import { TRAINING_ISLANDS } from '../island/index.ts'
import { HOME_MAP } from '../island/maps/home.ts'
import { PlayedSource } from './dataset.ts'
import type { PlayedEpisode } from './play.ts'
import { POPULATION } from './population.ts'

const KEY = { seed: 4, branch: 'pre-training' } as const

function episodesOf(source: PlayedSource): PlayedEpisode[] {
  return Array.from({ length: source.length }, (_, index) => source.episode(index))
}

describe('a data set', () => {
  it('is a function of its key, episode by episode', () => {
    const episodes = episodesOf(new PlayedSource(KEY, 25))
    const source = new PlayedSource(KEY, 25)
    expect(source.episode(17)).toEqual(episodes[17])
    expect(episodesOf(source)).toEqual(episodes)
  })

  it.each([-1, 0.5, 25])('has no episode %d of 25', (index) => {
    expect(() => new PlayedSource(KEY, 25).episode(index)).toThrow(`There is no episode ${index}`)
  })

  it('is played on the training islands in turn where it is to be on several', () => {
    const source = new PlayedSource(KEY, 12, POPULATION, 'several')
    const maps = episodesOf(source).map(({ island }) => island)
    const expected = TRAINING_ISLANDS.map(({ map }) => (map === HOME_MAP ? undefined : map))
    expect(maps).toEqual([...expected, ...expected, ...expected].slice(0, 12))
    expect(source.episode(0)).toEqual(new PlayedSource(KEY, 1).episode(0))
  })

  it('shares no episode with another branch of its seed', () => {
    const seedsOf = (branch: 'pre-training' | 'held-out') =>
      episodesOf(new PlayedSource({ ...KEY, branch }, 25)).map(({ seed }) => seed)
    const seeds = new Set(seedsOf('pre-training'))
    expect(seedsOf('held-out').filter((seed) => seeds.has(seed))).toEqual([])
  })
})
