import { describe, expect, it } from 'vitest'
import { type Ending, rootKey } from '../../island/index.ts'
import { goldenPairs, jumppadAskedFor, jumppadNamedIn, questionFor } from './golden.ts'
import { madeUpClip } from './testing/made-up-labels.ts'

describe('golden pairs', () => {
  const endings: Ending[] = ['left', 'right', 'none', 'left', 'middle', 'left', 'left', 'left']
  const clips = endings.map((ending, n) => ({ ...madeUpClip(n), ending }))
  const endingOf = (id: string) => clips.find((clip) => clip.id === id)?.ending

  it('have a known answer: one clip reached the jumppad, the other did not', () => {
    const pairs = goldenPairs(clips, 'left', rootKey(1))
    // Three clips did not reach the jumppad.
    expect(pairs).toHaveLength(3)
    for (const pair of pairs) {
      const other = pair.known === 'first' ? 'second' : 'first'
      expect(endingOf(pair[pair.known === 'tie' ? 'first' : pair.known])).toBe('left')
      expect(endingOf(pair[other])).not.toBe('left')
    }
    expect(new Set(pairs.flatMap(({ first, second }) => [first, second])).size).toBe(6)
    expect(goldenPairs(clips, 'left', rootKey(1))).toEqual(pairs)
  })

  it('are made for a question that names a single jumppad', () => {
    expect(jumppadNamedIn('Which goes more directly to the Left jumppad?')).toBe('left')
    expect(jumppadNamedIn('Left or right?')).toBeUndefined()
    expect(jumppadNamedIn('Which looks brighter?')).toBeUndefined()
    const four = ['far left', 'left', 'middle', 'right']
    expect(jumppadNamedIn('Which goes far left?', four)).toBe('far left')
    expect(jumppadNamedIn('Is it the left or the far left one?', four)).toBeUndefined()
    expect(jumppadNamedIn('Which goes far left?')).toBe('left')
    // Islands that somebody drew have names of their own.
    expect(jumppadAskedFor(questionFor('old harbour'))).toBe('old harbour')
    expect(jumppadAskedFor(`${questionFor('far left')} (3 answers in the tour)`)).toBe('far left')
    expect(jumppadAskedFor('Which goes to the left?')).toBe('left')
    expect(jumppadAskedFor('Which gets to the far left jumppad sooner?', four)).toBe('far left')
    expect(jumppadAskedFor('Which goes more directly to the (.*) jumppad?')).toBeUndefined()
  })
})
