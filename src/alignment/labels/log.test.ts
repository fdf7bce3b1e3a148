import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  correct,
  currentLabels,
  LABEL_VERDICTS,
  type Label,
  labelSchema,
  preferredSide,
  toComparisons,
  verdictFor,
} from './index.ts'
import { madeUpId, madeUpLabel, madeUpTime } from './testing/made-up-labels.ts'

/** Steps of a log, each of which answers a new pair or corrects a current or former answer. */
const histories = fc.array(
  fc.record({
    corrects: fc.option(fc.nat(30), { nil: undefined }),
    verdict: fc.constantFrom(...LABEL_VERDICTS),
  }),
  { maxLength: 40 },
)

function logOf(steps: { corrects: number | undefined; verdict: Label['verdict'] }[]): Label[] {
  const log: Label[] = []
  for (const [n, { corrects, verdict }] of steps.entries()) {
    const target = corrects === undefined ? undefined : log[corrects % Math.max(1, log.length)]
    const news = { verdict, responseMs: 1, replays: 0, id: madeUpId(n), createdAt: madeUpTime(n) }
    log.push(target === undefined ? madeUpLabel(n, { verdict }) : correct(target, news))
  }
  return log
}

describe('currentLabels', () => {
  it('gives each pair its most recent answer', () => {
    fc.assert(
      fc.property(histories, (steps) => {
        const log = logOf(steps)
        // Different answers are to different pairs, so that the last entry on each pair is the answer.
        const expected = new Map<string, Label>()
        for (const label of log) expected.set(label.first, label)
        const current = currentLabels(log)
        // An abandoned branch of corrections may also end in a leaf: time decides.
        expect(current.map(({ first }) => first)).toEqual([...expected.keys()])
        expect(current).toEqual([...expected.values()])
        expect(currentLabels([...log, ...log])).toEqual(current)
        expect(currentLabels(current)).toEqual(current)
      }),
    )
  })

  it('does not depend on the order in which corrections are merged', () => {
    const [answer, other] = [madeUpLabel(1), madeUpLabel(2)]
    const change = (n: number, verdict: Label['verdict'], label = answer) =>
      correct(label, {
        id: madeUpId(n),
        verdict,
        responseMs: 1,
        replays: 0,
        createdAt: madeUpTime(10),
      })
    const mine = [change(11, 'tie')]
    const theirs = [change(12, 'second'), change(13, 'cannot tell', change(12, 'second'))]
    const one = currentLabels([answer, other, ...mine, ...theirs])
    const two = currentLabels([answer, other, ...theirs, ...mine])
    expect(one).toEqual(two)
    expect(one.map(({ verdict }) => verdict)).toEqual(['cannot tell', 'first'])
  })

  it('accepts a correction with an earlier timestamp', () => {
    const answer = madeUpLabel(50)
    const news = { id: madeUpId(60), verdict: 'tie', responseMs: 1, replays: 0 } as const
    const changed = correct(answer, { ...news, createdAt: madeUpTime(3) })
    expect(currentLabels([answer, changed])).toEqual([changed])
  })

  it('terminates for logs that cannot occur', () => {
    const circle = [1, 2, 3].map((n) => madeUpLabel(n, { corrects: madeUpId((n % 3) + 1) }))
    expect(currentLabels(circle).length).toBeGreaterThan(0)
    const lost = madeUpLabel(1, { corrects: madeUpId(99) })
    expect(currentLabels([lost])).toEqual([lost])
  })
})

describe('toComparisons', () => {
  const clips = new Map(
    [1, 2, 3, 4, 5]
      .flatMap((n) => [madeUpLabel(n).first, madeUpLabel(n).second])
      .map((id, i) => [id, i]),
  )

  it('leaves out re-shows, golden pairs and “cannot tell” answers, and counts a tie as a half', () => {
    const log = [
      madeUpLabel(1),
      madeUpLabel(2, { verdict: 'tie' }),
      madeUpLabel(3, { verdict: 'cannot tell' }),
      madeUpLabel(4, { kind: 'golden', known: 'first' }),
      madeUpLabel(5, { verdict: 'second' }),
      madeUpLabel(6, { ...madeUpLabel(1), id: madeUpId(6), kind: 're-show', verdict: 'second' }),
    ]
    expect(toComparisons(log, clips)).toEqual([
      { first: 0, second: 1, verdict: 1 },
      { first: 2, second: 3, verdict: 0.5 },
      { first: 8, second: 9, verdict: 0 },
    ])
  })

  it('turns graded answers into soft labels, which mirror each other', () => {
    const graded = ([1, 2, 3, 4] as const).map((n) =>
      madeUpLabel(n, {
        verdict: n % 2 === 0 ? 'second' : 'first',
        strength: n < 3 ? 'slight' : 'much',
      }),
    )
    const [better, worse, muchBetter, muchWorse] = toComparisons(graded, clips).map(
      ({ verdict }) => verdict,
    )
    expect(0.5).toBeLessThan(better ?? 0)
    expect(better).toBeLessThan(muchBetter ?? 0)
    expect(muchBetter).toBeLessThanOrEqual(1)
    expect([worse, muchWorse]).toEqual([1 - (better ?? 0), 1 - (muchBetter ?? 0)])
  })

  it('refuses unknown clips, and answers to two different questions', () => {
    expect(() => toComparisons([madeUpLabel(9)], clips)).toThrow('not among the 10 clips')
    const mixed = [madeUpLabel(1), madeUpLabel(2, { question: 'Which swims less?' })]
    expect(() => toComparisons(mixed, clips)).toThrow('Found answers to 2 questions')
  })
})

it('a correction keeps nothing that was said about the corrected answer', () => {
  const answer = madeUpLabel(1, { strength: 'much', reasons: ['shorter'], awayMs: 5000 })
  const news = { responseMs: 1, replays: 0, id: madeUpId(2), createdAt: madeUpTime(2) }
  const changed = correct(answer, { ...news, verdict: 'tie' })
  expect(changed).toEqual(madeUpLabel(1, { ...news, verdict: 'tie', corrects: answer.id }))
  expect(labelSchema.safeParse(changed).success).toBe(true)
})

describe('labelSchema', () => {
  it('accepts complete labels and refuses contradictory ones', () => {
    expect(labelSchema.parse(madeUpLabel(1))).toEqual(madeUpLabel(1))
    const { first } = madeUpLabel(1)
    for (const wrong of [{ second: first }, { kind: 'golden' }, { known: 'tie' }, { extra: 1 }]) {
      expect(labelSchema.safeParse({ ...madeUpLabel(1), ...wrong }).success).toBe(false)
    }
  })

  it('distinguishes sides from clips', () => {
    for (const left of ['first', 'second'] as const) {
      for (const side of ['left', 'right'] as const) {
        expect(preferredSide({ verdict: verdictFor(side, left), left })).toBe(side)
      }
    }
    expect(verdictFor('right', 'second')).toBe('first')
  })
})
