import { describe, expect, it } from 'vitest'
import { DEFAULT_PAIR_SETTINGS } from '../../alignment/labels/index.ts'
import { draftSession, sessionAskedFor } from './session.ts'

const MODEL = { file: 'fine-tuned.onnx', sha256: 'a'.repeat(64) }

describe('sittings', () => {
  const mine = { ...draftSession(MODEL, undefined), labeller: 'Ada', goal: 70, seed: 5 }

  it('are drafted like the one before', () => {
    const next = draftSession(MODEL, mine)
    expect(next).toMatchObject({ labeller: 'Ada', goal: 70, seed: 5, settings: mine.settings })
    expect(next.id).not.toBe(mine.id)
  })

  it('that a link asks for show telling pairs alone, and are no pattern for the next', () => {
    const session = '9d1f6a50-8a53-4f0e-8a9f-0c5bb3d1a2c3'
    const tour = sessionAskedFor(MODEL, { session, goal: 10, wanted: 'right' }, mine)
    expect(tour).toMatchObject({ id: session, goal: 10, labeller: 'Ada', seed: 1 })
    expect(tour.question).toContain('the right jumppad')
    expect(tour.settings).toMatchObject({ rule: 'telling', golden: 'right', randomShare: 0 })
    expect(tour.settings).toMatchObject({ reShowEvery: 0, goldenShare: 0 })
    const next = draftSession(MODEL, tour)
    expect(next).toMatchObject({ labeller: 'Ada', goal: 50, question: tour.question })
    expect(next.settings).toEqual({ ...DEFAULT_PAIR_SETTINGS, golden: 'right' })
  })
})
