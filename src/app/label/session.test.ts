import { describe, expect, it } from 'vitest'
import { DEFAULT_PAIR_SETTINGS, questionFor } from '../../alignment/labels/index.ts'
import { styleQuestion } from '../../evaluation/wish.ts'
import { HOME_OUTCOMES, islandNamed } from '../../island/index.ts'
import { askedAbout, draftSession, onIsland, sessionAskedFor, withRule } from './session.ts'

const MODEL = { file: 'fine-tuned.onnx', sha256: 'a'.repeat(64) }

describe('sessions', () => {
  const mine = { ...draftSession(MODEL, 'Ada', undefined), goal: 70, seed: 5 }

  it('are drafted from the previous one', () => {
    const next = draftSession(MODEL, mine.labeller, mine)
    expect(next).toMatchObject({ labeller: 'Ada', goal: 70, seed: 5, settings: mine.settings })
    expect(next.id).not.toBe(mine.id)
  })

  it.each([
    ['left', 'fourth', 'left'],
    ['left', 'no-left', 'middle'],
    ['right', 'no-left', 'right'],
  ])('about the %s jumppad ask about one that the island “%s” has', (asked, id, expected) => {
    const question = questionFor(asked)
    const settings = { ...mine.settings, golden: asked }
    const island = islandNamed(id)
    const moved = onIsland({ ...mine, question, settings }, island)
    expect(moved).toMatchObject({ island, question: questionFor(expected) })
    expect(moved.settings.golden).toBe(expected)
    // The next session is on the same island, until the first one is chosen again.
    expect(draftSession(MODEL, 'Ada', moved).island).toEqual(island)
    expect(onIsland(moved, undefined)).not.toHaveProperty('island')
  })

  it('about a style compare clips that differ in it, until the question is another one', () => {
    const style = styleQuestion({ measure: 'pace', direction: 'less' })
    const about = askedAbout(mine, style, HOME_OUTCOMES)
    expect(about).toMatchObject({ rule: 'telling', randomShare: 0 })
    expect(about).not.toHaveProperty('golden')
    // The next session is like it, unlike after a session of telling pairs that a link requested.
    const next = draftSession(MODEL, 'Ada', { ...mine, question: style, settings: about })
    expect(next).toMatchObject({ goal: 70, question: style, settings: about })
    expect(askedAbout(next, mine.question, HOME_OUTCOMES)).toEqual(mine.settings)
    // Golden pairs of another jumppad do not keep pairs that tell about nothing that is asked.
    const golden = { ...next, settings: { ...about, golden: 'left' } }
    expect(askedAbout(golden, questionFor('right'), HOME_OUTCOMES)).toMatchObject({
      ...{ rule: 'random', golden: 'left', randomShare: DEFAULT_PAIR_SETTINGS.randomShare },
    })
    // A rule that was chosen by hand stays.
    const learnt = { ...mine, settings: withRule(about, 'closeness') }
    expect(learnt.settings.randomShare).toBe(DEFAULT_PAIR_SETTINGS.randomShare)
    expect(askedAbout(learnt, style, HOME_OUTCOMES).rule).toBe('closeness')
    const random = { ...next, settings: withRule(about, 'random') }
    const other = styleQuestion({ measure: 'pace', direction: 'more' })
    expect(askedAbout(random, other, HOME_OUTCOMES).rule).toBe('random')
  })

  it('keep a question about something else on another island', () => {
    const moved = onIsland({ ...mine, question: 'Which looks nicer?' }, islandNamed('no-left'))
    expect(moved.question).toBe('Which looks nicer?')
    expect(moved.settings).not.toHaveProperty('golden')
  })

  it('that a link requests show only telling pairs, and are not a template for the next', () => {
    const link = '9d1f6a50-8a53-4f0e-8a9f-0c5bb3d1a2c3'
    const asked = { link, goal: 10, wanted: 'right' } as const
    const tour = sessionAskedFor(MODEL, 'Ada', asked)
    expect(tour).toMatchObject({ goal: 10, labeller: 'Ada', seed: 1 })
    // Another labeller with the same link gets a session of their own.
    expect(tour.id).not.toBe(link)
    expect(sessionAskedFor(MODEL, 'Bob', asked).id).not.toBe(tour.id)
    expect(tour.question).toContain('the right jumppad')
    expect(tour.settings).toMatchObject({ rule: 'telling', golden: 'right', randomShare: 0 })
    expect(tour.settings).toMatchObject({ reShowEvery: 0, goldenShare: 0 })
    const next = draftSession(MODEL, 'Ada', tour)
    expect(next).toMatchObject({ labeller: 'Ada', goal: 50, question: tour.question })
    expect(next.settings).toEqual({ ...DEFAULT_PAIR_SETTINGS, golden: 'right' })
  })
})
