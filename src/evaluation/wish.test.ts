import { describe, expect, it } from 'vitest'
import type { Verdict } from '../alignment/comparisons.ts'
import { jumppadNamedIn, LONGEST_QUESTION } from '../alignment/labels/index.ts'
import { replay, rootKey, splitKey } from '../island/index.ts'
import { playEpisode } from '../players/index.ts'
import { STYLE_MEASURES, styleOf } from './style.ts'
import {
  type JudgedEpisode,
  judgeOf,
  measureOf,
  STYLE_WISHES,
  type StyleWish,
  styleQuestion,
  styleWishIn,
  wishName,
  wishSchema,
} from './wish.ts'

const clips: JudgedEpisode[] = Array.from({ length: 24 }, (_, index) => {
  const episode = playEpisode(splitKey(rootKey(19), index))
  return { ...episode, ending: replay(episode).ending }
})
const styles = new Map(clips.map((clip) => [clip, styleOf(clip)]))

/** Returns the verdict by the definition: first whether they arrive, then the measure. */
function expected(wish: StyleWish, first: JudgedEpisode, second: JudgedEpisode): Verdict {
  const place = STYLE_MEASURES.indexOf(measureOf(wish))
  const sign = wish.direction === 'more' ? 1 : -1
  const rank = (clip: JudgedEpisode) =>
    clip.ending === 'none'
      ? Number.NEGATIVE_INFINITY
      : sign * (styles.get(clip)?.[place] ?? Number.NaN)
  const [a, b] = [rank(first), rank(second)]
  return a === b ? 0.5 : a > b ? 1 : 0
}

describe('the judge for a style', () => {
  it('prefers clips that arrive, and among them the measure', () => {
    const verdicts = new Set<unknown>()
    expect(new Set(clips.map(({ ending }) => ending === 'none')).size).toBe(2)
    for (const wish of STYLE_WISHES) {
      const judge = judgeOf(wish)
      for (const first of clips) {
        for (const second of clips) {
          const verdict = judge(first, second)
          verdicts.add(verdict)
          expect(verdict).toBe(expected(wish, first, second))
          expect(judge(second, first)).toBe(1 - Number(verdict))
        }
      }
    }
    expect(verdicts).toEqual(new Set([0, 0.5, 1]))
  })
})

describe('wishes', () => {
  it('are asked for by questions that are read back, fit a label and name no jumppad', () => {
    for (const wish of STYLE_WISHES) {
      const question = styleQuestion(wish)
      expect(styleWishIn(question)).toEqual(wish)
      expect(question.length).toBeLessThanOrEqual(LONGEST_QUESTION)
      expect(jumppadNamedIn(question)).toBeUndefined()
    }
    expect(styleWishIn('Which is nicer?')).toBeUndefined()
  })

  it('have names of their own, and are validated', () => {
    expect(new Set(STYLE_WISHES.map(wishName)).size).toBe(2 * STYLE_MEASURES.length)
    for (const wish of [...STYLE_WISHES, 'left']) expect(wishSchema.parse(wish)).toEqual(wish)
    for (const wish of ['none', { measure: 'pace' }, { measure: 'luck', direction: 'more' }]) {
      expect(wishSchema.safeParse(wish).success).toBe(false)
    }
  })
})
