import { describe, expect, it } from 'vitest'
import { type Ending, HOME, rootKey, splitKey, startState } from '../island/index.ts'
import { PlayedSource } from './dataset.ts'
import { HABITS } from './habits.ts'
import { type PlayedEpisode, playEpisode, retrace } from './play.ts'
import { createPlayer, POPULATION } from './population.ts'

const KEY = { seed: 11, branch: 'pre-training' } as const

describe('the population', () => {
  it('has at least eight habits whose shares add up to 1', () => {
    expect(POPULATION.habits.length).toBeGreaterThanOrEqual(8)
    expect(POPULATION.habits.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
    expect(POPULATION.habits.map(({ name }) => name).sort()).toEqual(Object.keys(HABITS).sort())
  })

  it('has the mix of endings that the pre-training set needs', () => {
    const source = new PlayedSource(KEY, 900)
    const episodes = Array.from({ length: source.length }, (_, index) => source.episode(index))
    const shareOf = (isOne: (episode: PlayedEpisode) => boolean) =>
      episodes.filter(isOne).length / episodes.length
    const ending = (name: Ending) => shareOf((episode) => episode.ending === name)
    expect(ending('none')).toBeGreaterThan(0.3)
    expect(ending('none')).toBeLessThan(0.42)
    expect(ending('middle')).toBeGreaterThan(0.28)
    expect(ending('left')).toBeGreaterThan(0.12)
    expect(ending('left')).toBeLessThan(0.21)
    expect(ending('right')).toBeGreaterThan(0.1)
    expect(ending('right')).toBeLessThan(0.19)
    for (const { name, share } of POPULATION.habits) {
      const played = shareOf(({ habit }) => habit === name)
      expect(Math.abs(played - share), name).toBeLessThan(0.04)
    }
  })

  it('has skills over the full range and starts every episode at a spawn', () => {
    const skills: number[] = []
    for (let i = 0; i < 300; i++) {
      const { skill, start } = createPlayer(HOME, POPULATION, splitKey(rootKey(1), i))
      expect(start).toBe('spawn')
      skills.push(skill)
    }
    expect(Math.min(...skills)).toBeLessThan(0.15)
    expect(Math.max(...skills)).toBeGreaterThan(0.95)
    expect(new Set(skills).size).toBe(300)
  })
})

describe('play', () => {
  it('is a function of the key', () => {
    for (let i = 0; i < 30; i++) {
      const key = splitKey(rootKey(5), i)
      expect(playEpisode(key)).toEqual(playEpisode(key))
    }
    expect(playEpisode(splitKey(rootKey(5), 0))).not.toEqual(playEpisode(splitKey(rootKey(6), 0)))
  })

  it('ends the same way when it is retraced', () => {
    const source = new PlayedSource(KEY, 40)
    for (let i = 0; i < source.length; i++) {
      const episode = source.episode(i)
      let decisions = 0
      const end = retrace(episode, () => {
        decisions += 1
      })
      expect(end.outcome ?? 'none').toBe(episode.ending)
      expect(decisions).toBe(episode.actions.length)
    }
  })

  it('does not change the state that a player sees', () => {
    const { player } = createPlayer(HOME, POPULATION, splitKey(rootKey(2), 'looker'))
    const state = Object.freeze(startState({ start: 'spawn', seed: 3 }))
    for (let i = 0; i < 20; i++) expect(Number.isInteger(player.act(state))).toBe(true)
  })
})
