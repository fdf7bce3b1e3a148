import { describe, expect, it } from 'vitest'
import { DEFAULT_PAIR_SETTINGS } from '../../alignment/labels/index.ts'
import { draftSession, sessionAskedFor } from './session.ts'

const MODEL = { file: 'fine-tuned.onnx', sha256: 'a'.repeat(64) }

describe('sessions', () => {
  const mine = { ...draftSession(MODEL, 'Ada', undefined), goal: 70, seed: 5 }

  it('are drafted from the previous one', () => {
    const next = draftSession(MODEL, mine.labeller, mine)
    expect(next).toMatchObject({ labeller: 'Ada', goal: 70, seed: 5, settings: mine.settings })
    expect(next.id).not.toBe(mine.id)
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
