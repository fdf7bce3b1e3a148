import { describe, expect, it } from 'vitest'
import { replay, rootKey, splitKey } from '../island/index.ts'
import { playEpisode } from '../players/index.ts'
import { tellingPairs } from './telling-pairs.ts'
import { type JudgedEpisode, judgeOf, type StyleWish, styleFit } from './wish.ts'

const clips: JudgedEpisode[] = Array.from({ length: 60 }, (_, index) => {
  const episode = playEpisode(splitKey(rootKey(23), index))
  return { ...episode, ending: replay(episode).ending }
})
const arriving = clips.filter(({ ending }) => ending !== 'none').length
const wish: StyleWish = { measure: 'turning', direction: 'less' }
const clipAt = (index: number): JudgedEpisode => clips[index] ?? expect.fail('No such clip')
const pairsOf = (count: number, asked = wish) => tellingPairs(clips, asked, count, rootKey(2))

describe('telling pairs', () => {
  it('are decided by the judge, most of them by the style, on both sides', () => {
    const judge = judgeOf(wish)
    const pairs = pairsOf(40)
    expect(pairs).toHaveLength(40)
    const verdicts = pairs.map(({ first, second }) => judge(clipAt(first), clipAt(second)))
    expect(new Set(verdicts)).toEqual(new Set([0, 1]))
    const both = pairs.filter((pair) =>
      [pair.first, pair.second].every((index) => clipAt(index).ending !== 'none'),
    )
    expect(both).toHaveLength(36)
    // Between the thirds lies a third of the clips.
    const fits = both.map(({ first, second }) =>
      [first, second].map((index) => styleFit(wish)(clipAt(index))).sort((a, b) => a - b),
    )
    const highestOfLeast = Math.max(...fits.map(([low = 0]) => low))
    const lowestOfBest = Math.min(...fits.map(([, high = 0]) => high))
    const between = clips.filter((clip) => {
      const fit = styleFit(wish)(clip)
      return clip.ending !== 'none' && fit > highestOfLeast && fit < lowestOfBest
    })
    expect(between.length).toBeGreaterThanOrEqual(Math.floor(arriving / 3) - 2)
  })

  it('come once, use clips about equally often, and end where there are no more', () => {
    const names = (count: number) =>
      pairsOf(count).map(({ first, second }) => [first, second].sort((a, b) => a - b).join(' '))
    expect(new Set(names(40)).size).toBe(40)
    const all = names(100_000)
    const third = Math.ceil(arriving / 3)
    expect(new Set(all).size).toBe(all.length)
    expect(all).toHaveLength(6 * third + arriving * (clips.length - arriving))
    const uses = new Map<string, number>()
    for (const index of names(third).flatMap((name) => name.split(' '))) {
      uses.set(index, (uses.get(index) ?? 0) + 1)
    }
    expect(Math.max(...uses.values())).toBeLessThanOrEqual(2)
  })

  it('are about arriving alone where no clip differs in style', () => {
    const alike = clips.map((clip) => ({ ...clip, ...clipAt(0), ending: clip.ending }))
    const pairs = tellingPairs(alike, wish, 20, rootKey(2))
    expect(pairs).toHaveLength(20)
    for (const { first, second } of pairs) {
      const endings = [first, second].map((index) => clipAt(index).ending === 'none')
      expect(new Set(endings).size).toBe(2)
    }
    expect(tellingPairs([], wish, 20, rootKey(2))).toEqual([])
  })
})
