import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correct, type Label, pairKey } from '../alignment/labels/index.ts'
import { madeUpId, madeUpTime } from '../alignment/labels/testing/made-up-labels.ts'
import { scheduleOf } from './assignment.ts'
import { presentSittings, readStudyLog } from './log.ts'
import {
  labellerMessageSchema,
  MESSAGE_VERSION,
  type ResearcherMessage,
  type SentSession,
} from './message.ts'
import { answersOf } from './sitting-log.ts'
import {
  MADE_UP_DIGEST,
  madeUpAnswer,
  madeUpBeginning,
  madeUpLabelling,
  madeUpMessage,
  madeUpSitting,
} from './testing/made-up-messages.ts'
import { madeUpPreparedStudy } from './testing/made-up-study.ts'

const study = madeUpPreparedStudy()
const read = (messages: Parameters<typeof readStudyLog>[2]) =>
  readStudyLog(study, MADE_UP_DIGEST, messages)

describe('readStudyLog', () => {
  const everyone = [1, 2, 3].flatMap((labeller) =>
    madeUpLabelling({ study, labeller }, ({ known }) => known ?? 'first'),
  )

  it('reads messages that fit the study, each once, in any order and however often they arrive', () => {
    for (const message of everyone) expect(labellerMessageSchema.parse(message)).toEqual(message)
    const expected = read(everyone)
    expect(expected.refused.size).toBe(0)
    expect(expected.sittings.map(({ name }) => name)).toEqual(['1', '2', '3'])
    for (const sitting of expected.sittings) {
      expect(answersOf(sitting)).toHaveLength(scheduleOf(study, sitting.slot).length)
      expect(sitting.finished).toBeDefined()
    }
    const arrivals = fc.shuffledSubarray([...everyone, ...everyone.slice(0, 20)], {
      minLength: everyone.length + 20,
    })
    fc.assert(
      fc.property(arrivals, (arrived) => {
        expect(read(arrived)).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })

  it('keeps two people apart who opened the same invitation', () => {
    const [a, b] = [7, 8].map((sitting) =>
      madeUpLabelling({ study, labeller: 1, sitting }, () => 'first'),
    )
    const { sittings } = read([...(a ?? []), ...(b ?? [])])
    expect(sittings.map(({ name }) => name)).toEqual(['1a', '1b'])
    expect(new Set(sittings.flatMap(({ log }) => log.map(({ id }) => id))).size).toBe(24)
  })

  it('replaces corrected answers, whichever arrives first', () => {
    const who = { study, labeller: 1 }
    const [pair] = scheduleOf(study, 1)
    if (!pair) throw new Error('The schedule is empty')
    const answer = madeUpAnswer(who, 0, pair)
    if (answer.kind !== 'label') throw new Error('An answer is a label')
    const corrected = correct(answer.label, {
      ...{ id: madeUpId(99), verdict: 'second', responseMs: 900, replays: 1 },
      createdAt: madeUpTime(500),
    })
    const correction = madeUpMessage<'label'>(who, corrected.id, {
      kind: 'label',
      label: corrected,
    })
    const { sittings } = read([correction, answer, madeUpBeginning(who)])
    expect(sittings[0]?.log).toEqual([answer.label, corrected])
    expect(sittings.map(answersOf)).toEqual([[corrected]])
  })

  it('refuses what strangers might send, and counts it by reason', () => {
    const who = { study, labeller: 1 }
    const [pair, other] = scheduleOf(study, 1)
    const elsewhere = scheduleOf(study, 2).find(
      ({ first, second, kind }) =>
        kind === 'fresh' &&
        scheduleOf(study, 1).every(
          (own) => pairKey(own.first, own.second) !== pairKey(first, second),
        ),
    )
    if (!pair || !other || !elsewhere) throw new Error('The schedules are too short')
    const begun = madeUpBeginning(who)
    const good = madeUpAnswer(who, 0, pair)
    const cases = {
      'of another study': { ...good, id: 'a', study: madeUpId(1) },
      'of another version of the study': { ...good, id: 'b', digest: 'ef'.repeat(32) },
      'of another labeller than its session': { ...madeUpAnswer(who, 1, other), labeller: 2 },
      'of a session whose beginning is missing': {
        ...madeUpAnswer(who, 2, other),
        sitting: madeUpId(5),
      },
      'with a label of another session': madeUpAnswer(who, 3, other, { session: madeUpId(6) }),
      'about a pair that was not assigned': madeUpAnswer(who, 4, elsewhere),
      'whose id is not that of its label': { ...madeUpAnswer(who, 5, other), id: 'c' },
      'about a pair that was answered already': madeUpAnswer(who, 6, pair),
      'correcting an answer that is missing': madeUpAnswer(who, 7, pair, { corrects: madeUpId(8) }),
      'correcting the answer to another pair': madeUpAnswer(who, 8, other, { corrects: good.id }),
    }
    const log = read([begun, good, ...Object.values(cases)])
    expect(Object.fromEntries(log.refused)).toEqual(
      Object.fromEntries(Object.keys(cases).map((reason) => [reason, 1])),
    )
    expect(log.sittings.map((sitting) => answersOf(sitting).length)).toEqual([1])
  })

  it.each<[string, Partial<Label>]>([
    ['another question', { question: 'Which is nicer?' }],
    ['another version of the island', { worldVersion: study.worldVersion + 1 }],
    ['another labeller', { labeller: 'somebody' }],
    ['a reason that was not offered', { reasons: ['Because.'] }],
    ['a strength where none was asked for', { strength: 'much' }],
  ])('refuses labels with %s', (_, overrides) => {
    const who = { study, labeller: 1 }
    const [pair] = scheduleOf(study, 1)
    if (!pair) throw new Error('The schedule is empty')
    const log = read([madeUpBeginning(who), madeUpAnswer(who, 0, pair, overrides)])
    expect([...log.refused]).toEqual([['with a label that does not fit the study', 1]])
  })

  it.each<[string, Partial<SentSession>]>([
    ['another question', { question: 'Which is nicer?' }],
    ['another number of pairs', { goal: 1 }],
    ['another agent', { policy: { file: 'other.onnx', digest: 'ef'.repeat(32) } }],
    ['another version of the island', { worldVersion: study.worldVersion + 1 }],
  ])('refuses sessions with %s, and what was answered in them', (_, overrides) => {
    const [begun, ...rest] = madeUpLabelling({ study, labeller: 1 }, () => 'first')
    if (begun?.kind !== 'begun') throw new Error('Labelling starts with its beginning')
    const log = read([{ ...begun, session: { ...begun.session, ...overrides } }, ...rest])
    expect(log.sittings).toEqual([])
    expect(Object.fromEntries(log.refused)).toEqual({
      'with a session that does not belong to it': 1,
      'of a session that was refused': rest.length,
    })
  })

  it('lets a labeller have one place of the design, which is the invitation’s', () => {
    const begin = (labeller: number, slot: number, sitting = labeller) =>
      madeUpBeginning({ study, labeller, slot, sitting }, sitting)
    const log = read([begin(1, 1), begin(2, 3), begin(7, 5), begin(7, 4, 8), begin(9, 10)])
    expect(log.sittings.map(({ labeller, slot }) => [labeller, slot])).toEqual([
      [1, 1],
      [7, 5],
    ])
    expect(Object.fromEntries(log.refused)).toEqual({
      'with a place that is not the invitation’s': 2,
      'with another place than the first session of the invitation': 1,
    })
  })

  it('accepts four sessions of an invitation', () => {
    const sittings = [11, 12, 13, 14, 15]
    const log = read(
      sittings.map((sitting) => madeUpBeginning({ study, labeller: 1, sitting }, sitting)),
    )
    expect(log.sittings.map(({ name }) => name)).toEqual(['1a', '1b', '1c', '1d'])
    expect([...log.refused]).toEqual([['of more than 4 sessions of one invitation', 1]])
  })

  it('refuses a golden pair whose known answer was changed, and a side that was exchanged', () => {
    const who = { study, labeller: 1 }
    const golden = scheduleOf(study, 1).find(({ kind }) => kind === 'golden')
    if (!golden) throw new Error('The schedule has no golden pair')
    const known = golden.known === 'first' ? 'second' : 'first'
    const left = golden.left === 'first' ? 'second' : 'first'
    const log = read([
      madeUpBeginning(who),
      madeUpAnswer(who, 0, golden, { known }),
      madeUpAnswer(who, 1, golden, { left }),
    ])
    expect(log.refused.get('about a pair that was not assigned')).toBe(2)
  })

  it('leaves withdrawn sittings out, whatever arrives after', () => {
    const who = { study, labeller: 1 }
    const withdrawn = madeUpMessage<'withdrawn'>(who, `${madeUpSitting(who)} withdrawn`, {
      kind: 'withdrawn',
    })
    const log = read([
      withdrawn,
      ...madeUpLabelling(who, () => 'tie'),
      ...everyone.filter(({ labeller }) => labeller > 1),
    ])
    expect(log.sittings.find(({ labeller }) => labeller === 1)?.withdrawn).toBe(true)
    expect(presentSittings(log).map(({ labeller }) => labeller)).toEqual([2, 3])
  })

  it('takes the latest decision and rules by time, not by arrival', () => {
    const [pair] = study.material.pairs
    if (!pair) throw new Error('The study has no pairs')
    const decision = (n: number, verdict: 'first' | 'second' | undefined): ResearcherMessage => ({
      ...{ version: MESSAGE_VERSION, id: madeUpId(n), study: study.id, at: madeUpTime(n) },
      ...{ kind: 'decision', ...pair, note: '' },
      ...(verdict === undefined ? {} : { verdict }),
    })
    const { decisions } = read([
      decision(3, undefined),
      decision(1, 'first'),
      decision(2, 'second'),
    ])
    expect([...decisions.values()]).toEqual([decision(3, undefined)])
  })
})
