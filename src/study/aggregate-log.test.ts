import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  LABEL_VERDICTS,
  type Label,
  pairKey,
  STRENGTH_PREFERENCES,
  STRENGTHS,
} from '../alignment/labels/index.ts'
import { madeUpId, madeUpTime } from '../alignment/labels/testing/made-up-labels.ts'
import { RandomStream, rootKey, splitKey } from '../island/index.ts'
import { aggregateLog } from './aggregate-log.ts'
import { scheduleOf } from './assignment.ts'
import { leftOutSittings } from './left-out.ts'
import { readStudyLog } from './log.ts'
import type { LabellerMessage, ResearcherMessage, StudyMessage } from './message.ts'
import { studyResultSchema } from './result.ts'
import { AGGREGATION_METHODS } from './statistics/aggregate.ts'
import type { PreparedStudy } from './study.ts'
import {
  MADE_UP_DIGEST,
  madeUpAnswer,
  madeUpBeginning,
  madeUpLabelling,
  madeUpMessage,
  madeUpSitting,
} from './testing/made-up-messages.ts'
import { madeUpPreparedStudy } from './testing/made-up-study.ts'

const design = { seed: 3, labellers: 6, pairsEach: 8, overlap: 3, clipsPerAgent: 24, reShows: 2 }
const study = madeUpPreparedStudy({ design })
const gradedStudy = madeUpPreparedStudy({ design, answers: 'graded' })

type Answer = Pick<Label, 'verdict' | 'strength'>

/** Returns random answers of the labellers in all slots, each with a strength or without. */
function randomMessages(of: PreparedStudy, seed: number): LabellerMessage[] {
  return [1, 2, 3, 4, 5, 6].flatMap((labeller) => {
    const random = new RandomStream(splitKey(rootKey(seed), labeller))
    const answer = (): Answer => {
      const verdict = random.pick(LABEL_VERDICTS)
      const prefers = verdict === 'first' || verdict === 'second'
      return prefers && of.answers === 'graded'
        ? { verdict, strength: random.pick(STRENGTHS) }
        : { verdict }
    }
    const who = { study: of, labeller }
    return [
      madeUpBeginning(who),
      ...scheduleOf(of, labeller).map((pair, place) => madeUpAnswer(who, place, pair, answer())),
    ]
  })
}

function aggregated(
  of: PreparedStudy,
  messages: readonly StudyMessage[],
  method: (typeof AGGREGATION_METHODS)[number] = 'majority',
  leftOut: readonly string[] = [],
) {
  const log = readStudyLog(of, MADE_UP_DIGEST, messages)
  expect(log.refused.size).toBe(0)
  return aggregateLog(log, { digest: MADE_UP_DIGEST, method, leftOut: new Set(leftOut) })
}

function decision(
  [first, second]: readonly [string, string],
  verdict: Extract<ResearcherMessage, { kind: 'decision' }>['verdict'],
  n = 1,
): ResearcherMessage {
  const common = {
    version: 1,
    id: madeUpId(0xdec + n),
    study: study.id,
    at: madeUpTime(2000 + n),
  } as const
  return { ...common, kind: 'decision', first, second, verdict, note: '' }
}

const seeds = fc.nat(1000)

describe('aggregateLog', () => {
  it('counts the votes on every pair, and finds the majority and the mean of each', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const messages = randomMessages(study, seed)
        const [majority, mean] = [aggregated(study, messages), aggregated(study, messages, 'mean')]
        const labels = messages.flatMap((each) => (each.kind === 'label' ? [each.label] : []))
        let answered = 0
        for (const { first, second } of study.material.pairs) {
          const on = labels.filter(
            (label) => label.kind === 'fresh' && label.first === first && label.second === second,
          )
          const votes = (verdict: string) => on.filter((each) => each.verdict === verdict).length
          const [f, t, s] = [votes('first'), votes('tie'), votes('second')]
          const of = f + t + s
          const found = majority.comparisons.find(
            (each) => each.first === first && each.second === second,
          )
          if (of === 0) {
            expect(found).toBeUndefined()
            continue
          }
          answered++
          const winner = f > of / 2 ? 1 : s > of / 2 ? 0 : t > of / 2 ? 0.5 : undefined
          expect(found).toEqual({
            ...{ first, second, preference: winner ?? 0.5 },
            provenance:
              Math.max(f, t, s) === of
                ? 'unanimous'
                : winner === undefined
                  ? 'unresolved'
                  : 'majority',
            votes: {
              ...{ firstMuch: 0, first: f, tie: t, second: s, secondMuch: 0 },
              cannotTell: votes('cannot tell'),
            },
          })
          const averaged = mean.comparisons.find(
            (each) => each.first === first && each.second === second,
          )
          expect(averaged?.preference).toBeCloseTo((f + t / 2) / of, 12)
        }
        expect(majority.comparisons).toHaveLength(answered)
        expect(majority.pairs).toEqual({
          leftOut: 0,
          unanswered: study.material.pairs.length - answered,
        })
      }),
      { numRuns: 20 },
    )
  })

  it.each(AGGREGATION_METHODS)(
    'gives the same as if a left-out or withdrawn sitting had not been: %s',
    (method) => {
      fc.assert(
        fc.property(seeds, fc.integer({ min: 1, max: 6 }), (seed, labeller) => {
          const messages = randomMessages(study, seed)
          const who = { study, labeller }
          const without = aggregated(
            study,
            messages.filter((each) => each.labeller !== labeller),
            method,
          )
          const leftOut = aggregated(study, messages, method, [madeUpSitting(who)])
          const sittings = { counted: 5, leftOut: 1, withdrawn: 0 }
          expect(leftOut).toEqual({ ...without, sittings })
          const left = madeUpMessage<'withdrawn'>(who, 'withdrawn', { kind: 'withdrawn' })
          const withdrawn = aggregated(study, [...messages, left], method)
          expect(withdrawn).toEqual({
            ...without,
            sittings: { counted: 5, leftOut: 0, withdrawn: 1 },
          })
        }),
        { numRuns: 5 },
      )
    },
  )

  it('puts the researcher’s decisions first, whichever clip they name first', () => {
    const messages = randomMessages(study, 7)
    const [a, b, c, d] = study.material.pairs
    if (!(a && b && c && d)) throw new Error('The study has too few pairs')
    const result = aggregated(study, [
      ...messages,
      decision([a.first, a.second], 'first', 1),
      decision([b.second, b.first], 'first', 2),
      decision([c.first, c.second], 'left out', 3),
      decision([d.first, d.second], 'left out', 4),
      decision([d.first, d.second], undefined, 5),
      decision(['0'.repeat(16), '1'.repeat(16)], 'first', 6),
    ])
    const plain = aggregated(study, messages)
    const on = ({ comparisons }: typeof plain, { first, second }: typeof a) =>
      comparisons.find((each) => pairKey(each.first, each.second) === pairKey(first, second))
    expect(on(result, a)).toMatchObject({ preference: 1, provenance: 'adjudicated' })
    expect(on(result, b)).toMatchObject({ ...b, preference: 0, provenance: 'adjudicated' })
    expect(on(result, c)).toBeUndefined()
    expect(result.pairs.leftOut).toBe(1)
    expect(on(result, d)).toEqual(on(plain, d))
  })

  it('turns graded answers into soft labels', () => {
    const { slight, much } = STRENGTH_PREFERENCES
    const answers: Answer[] = [
      { verdict: 'first', strength: 'much' },
      { verdict: 'first', strength: 'slight' },
      { verdict: 'second', strength: 'much' },
    ]
    const [pair] = gradedStudy.material.pairs
    const given = new Map<number, Answer>()
    const messages = [1, 2, 3, 4, 5, 6].flatMap((labeller) => {
      const who = { study: gradedStudy, labeller }
      return [
        madeUpBeginning(who),
        ...scheduleOf(gradedStudy, labeller).flatMap((shown, place) => {
          if (shown.kind !== 'fresh' || shown.first !== pair?.first || shown.second !== pair.second)
            return []
          const answer = answers[given.size] ?? { verdict: 'tie' }
          given.set(labeller, answer)
          return [madeUpAnswer(who, place, shown, answer)]
        }),
      ]
    })
    expect(given.size).toBe(3)
    const [found, ...others] = aggregated(gradedStudy, messages, 'mean').comparisons
    expect(others).toEqual([])
    expect(found?.preference).toBeCloseTo((much + slight + (1 - much)) / 3, 12)
    expect(found).toMatchObject({
      provenance: 'majority',
      votes: { firstMuch: 1, first: 1, tie: 0, second: 0, secondMuch: 1, cannotTell: 0 },
    })
  })

  it('is not disturbed by strengths that a stranger leaves out', () => {
    const weakened = madeUpLabelling({ study: gradedStudy, labeller: 1 }, () => 'first')
    for (const method of AGGREGATION_METHODS) {
      const { comparisons } = aggregated(gradedStudy, weakened, method)
      expect(comparisons).toHaveLength(8)
      for (const { votes } of comparisons) expect(votes).toMatchObject({ first: 1, firstMuch: 0 })
    }
  })

  it.each(AGGREGATION_METHODS)('makes results that fit their schema: %s', (method) => {
    for (const each of [study, gradedStudy]) {
      const result = aggregated(each, randomMessages(each, 5), method)
      expect(studyResultSchema.parse(result)).toEqual(result)
      expect(studyResultSchema.parse(aggregated(each, [], method)).comparisons).toEqual([])
    }
  })
})

describe('a result', () => {
  const result = aggregated(study, randomMessages(study, 5))
  const [first, second, ...rest] = result.comparisons
  if (!(first && second)) throw new Error('The result is empty')

  it.each([
    ['a clip is missing', { clips: result.clips.slice(1) }, 'of a pair is missing'],
    ['a clip is in no pair', { comparisons: rest }, 'expected exactly the clips of the pairs'],
    [
      'the clips are in another order',
      { clips: result.clips.toReversed() },
      'in the order in which',
    ],
    [
      'a pair occurs twice',
      {
        comparisons: [
          ...result.comparisons,
          { ...second, first: second.second, second: second.first },
        ],
      },
      'occurs twice',
    ],
    [
      'a pair has the same clip twice',
      {
        comparisons: [...result.comparisons, { ...first, second: first.first }],
      },
      'a pair has clip',
    ],
    [
      'a preference that is not a probability',
      { comparisons: [{ ...first, preference: 1.5 }] },
      'preference',
    ],
  ])('is refused where %s', (_, change, said) => {
    const { error } = studyResultSchema.safeParse({ ...result, ...change })
    expect(error?.message).toContain(said)
  })
})

describe('leftOutSittings', () => {
  it('follows the rules, unless the researcher decided by hand', () => {
    const wrong = ({ known }: { readonly known?: Label['known'] | undefined }) =>
      known === 'first' ? 'second' : 'first'
    const messages = [
      ...madeUpLabelling({ study, labeller: 1 }, ({ known }) => known ?? 'first'),
      ...[2, 3].flatMap((labeller) => madeUpLabelling({ study, labeller }, wrong)),
    ]
    const [good = '', bad = '', pardoned = ''] = [1, 2, 3].map((labeller) =>
      madeUpSitting({ study, labeller }),
    )
    const common = { version: 1, study: study.id, at: madeUpTime(2000) } as const
    const rules = [{ measure: 'golden', is: 'below', value: 0.5, minimumAnswers: 2 }] as const
    const said: ResearcherMessage[] = [
      { ...common, kind: 'rules', id: 'rules', rules: [...rules] },
      {
        ...common,
        kind: 'exclusion',
        id: 'a',
        sitting: good,
        out: true,
        note: 'Was my colleague.',
      },
      { ...common, kind: 'exclusion', id: 'b', sitting: pardoned, out: false, note: '' },
    ]
    const log = readStudyLog(study, MADE_UP_DIGEST, [...messages, ...said])
    expect(leftOutSittings(log)).toEqual(
      new Map([
        [good, { by: 'hand', because: 'Was my colleague.' }],
        [
          bad,
          {
            by: 'rule',
            because: expect.stringContaining('answered 0 of 2 golden pairs correctly'),
          },
        ],
      ]),
    )
  })
})
