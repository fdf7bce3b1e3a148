import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Label, pairKey } from '../alignment/labels/index.ts'
import { madeUpId, madeUpTime } from '../alignment/labels/testing/made-up-labels.ts'
import { type AssignedPair, scheduleOf } from './assignment.ts'
import { leftOutSittings, sittingQualities } from './left-out.ts'
import { readStudyLog } from './log.ts'
import { MESSAGE_VERSION, type ResearcherMessage, type StudyMessage } from './message.ts'
import { studyAgreement, studyOverview } from './overview.ts'
import { disputedPairs, type PairState } from './pair-overview.ts'
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
const { labellers, overlap } = study.design
const everybody = Array.from({ length: labellers }, (_, index) => index + 1)

const read = (messages: readonly StudyMessage[]) => readStudyLog(study, MADE_UP_DIGEST, messages)
const overview = (messages: readonly StudyMessage[]) => studyOverview(read(messages))
const label = (labeller: number, verdictOf: (pair: AssignedPair) => Label['verdict']) =>
  madeUpLabelling({ study, labeller }, verdictOf)
const right = ({ known }: AssignedPair) => known ?? ('first' as const)

type Own<T = ResearcherMessage> = T extends ResearcherMessage
  ? Omit<T, 'version' | 'id' | 'study' | 'at'>
  : never
const byResearcher = (n: number, rest: Own): ResearcherMessage => ({
  ...{ version: MESSAGE_VERSION, id: madeUpId(0xdec0 + n), study: study.id, at: madeUpTime(n) },
  ...rest,
})

function counts(messages: readonly StudyMessage[]): Partial<Record<PairState, number>> {
  const found: Partial<Record<PairState, number>> = {}
  for (const { state } of overview(messages).pairs) found[state] = (found[state] ?? 0) + 1
  return found
}

describe('the overview of a study', () => {
  it('has a row for every labeller, with how far each has got', () => {
    const who = { study, labeller: 2 }
    const [first, second] = scheduleOf(study, 2)
    if (!first || !second) throw new Error('The schedule is too short')
    const { rows, labels } = overview([
      ...label(1, right),
      madeUpBeginning(who),
      madeUpAnswer(who, 0, first),
      madeUpAnswer(who, 1, second),
      ...label(3, right),
      madeUpMessage<'withdrawn'>({ study, labeller: 3 }, 'gone', { kind: 'withdrawn' }),
      // Somebody else takes the place of labeller 5.
      madeUpBeginning({ study, labeller: 7, slot: 5 }),
    ])
    expect(rows.map(({ name, state, answered }) => [name, state, answered])).toEqual([
      ['1', 'finished', 12],
      ['2', 'answering', 2],
      ['3', 'withdrawn', 12],
      ['4', 'not opened', 0],
      ['5', 'handed on', 0],
      ['6', 'not opened', 0],
      ['7', 'answering', 0],
    ])
    const fresh = [first, second].filter(({ kind }) => kind === 'fresh').length
    expect(labels).toBe(8 + fresh)
  })

  it('counts every pair in one state, whoever has answered', () => {
    fc.assert(
      fc.property(fc.subarray(everybody), fc.subarray(everybody), (finished, begun) => {
        const found = counts([
          ...finished.flatMap((labeller) => label(labeller, right)),
          ...begun.map((labeller) => madeUpBeginning({ study, labeller })),
        ])
        const { pairs } = overview(finished.flatMap((labeller) => label(labeller, right)))
        const slots = everybody.map((slot) => scheduleOf(study, slot))
        const holders = ({ first, second }: { first: string; second: string }) =>
          everybody.filter((_, index) =>
            slots[index]?.some(
              (pair) =>
                pair.kind === 'fresh' &&
                pairKey(pair.first, pair.second) === pairKey(first, second),
            ),
          )
        const expected = { done: 0, taken: 0, waiting: 0 }
        for (const pair of pairs) {
          const own = holders(pair)
          const open = own.filter((each) => !finished.includes(each))
          if (open.length === 0) expected.done++
          else if (open.some((each) => begun.includes(each))) expected.taken++
          else expected.waiting++
        }
        expect({ done: 0, taken: 0, waiting: 0, ...found }).toEqual(expected)
      }),
      { numRuns: 25 },
    )
  })

  it('finds disputed pairs, worst first, and keeps those decided at the end', () => {
    const split = everybody.flatMap((labeller) =>
      label(labeller, ({ known }) => known ?? (labeller % 2 === 0 ? 'first' : 'second')),
    )
    const disputes = disputedPairs(overview(split).pairs)
    expect(disputes.length).toBeGreaterThan(2)
    for (const { answers, state } of disputes) {
      expect(state).toBe('disputed')
      expect(new Set(answers.map(({ label: { verdict } }) => verdict)).size).toBe(overlap)
    }
    const [worst] = disputes
    if (!worst) throw new Error('Nothing is disputed')
    const { first, second } = worst
    const decide = (n: number, verdict?: 'tie') =>
      byResearcher(n, {
        ...{ kind: 'decision', first, second, note: '' },
        ...(verdict && { verdict }),
      })
    const decided = disputedPairs(overview([...split, decide(1, 'tie')]).pairs)
    expect(decided).toHaveLength(disputes.length)
    expect(decided.at(-1)).toMatchObject({ first, state: 'decided' })
    const back = disputedPairs(overview([...split, decide(1, 'tie'), decide(2)]).pairs)
    expect(back.map(({ number }) => number)).toEqual(disputes.map(({ number }) => number))
  })

  it('asks for a decision where nobody had an opinion', () => {
    const none = everybody.flatMap((labeller) => label(labeller, () => 'cannot tell'))
    const { pairs } = overview(none)
    expect(disputedPairs(pairs)).toHaveLength(pairs.length)
  })
})

describe('sittings that are left out', () => {
  const messages = [...label(1, right), ...label(2, right), ...label(3, () => 'second')]
  const rule = { measure: 'golden', is: 'below', value: 0.9, minimumAnswers: 1 } as const
  const wrong = label(4, ({ known = 'first' }) => (known === 'first' ? 'second' : 'first'))
  const exclude = (n: number, labeller: number, out?: boolean) =>
    byResearcher(n, {
      ...{ kind: 'exclusion', sitting: madeUpSitting({ study, labeller }), note: 'asleep' },
      ...(out !== undefined && { out }),
    })
  const rules = byResearcher(1, { kind: 'rules', rules: [rule] })

  it('count for nothing, whether a rule or the researcher leaves them out', () => {
    const all = read([...messages, ...wrong])
    const byRule = read([...messages, ...wrong, rules])
    const fourth = madeUpSitting({ study, labeller: 4 })
    expect(leftOutSittings(byRule).get(fourth)).toMatchObject({
      by: 'rule',
      because: expect.stringContaining('0 of 2 golden pairs'),
    })
    const byHand = read([...messages, ...wrong, exclude(1, 4, true)])
    expect([...leftOutSittings(byHand)]).toEqual([[fourth, { by: 'hand', because: 'asleep' }]])
    expect(studyOverview(all).labels - studyOverview(byHand).labels).toBe(8)
    expect(studyOverview(byHand).pairs).toEqual(studyOverview(read(messages)).pairs)
  })

  it('come back by hand, whatever the rules say, until that is taken back too', () => {
    const count = (...more: StudyMessage[]) =>
      leftOutSittings(read([...wrong, rules, ...more])).size
    expect(count()).toBe(1)
    expect(count(exclude(2, 4, false))).toBe(0)
    expect(count(exclude(2, 4, false), exclude(3, 4))).toBe(1)
  })

  it('count once of each invitation: those with the most answers, until they are left out', () => {
    const second = madeUpLabelling({ study, labeller: 1, sitting: 11 }, () => 'second')
    const [first, other] = [1, 11].map((sitting) => madeUpSitting({ study, labeller: 1, sitting }))
    if (!first || !other) throw new Error('Both sittings have ids')
    const both = [...messages, ...second]
    expect([...leftOutSittings(read([...messages, ...second.slice(0, 4)]))]).toEqual([
      [other, { by: 'duplicate', because: 'Not counted: the same invitation was answered in 1a.' }],
    ])
    const shorter = [...label(1, right).slice(0, 4), ...second]
    expect(leftOutSittings(read(shorter)).get(first)).toMatchObject({ by: 'duplicate' })
    expect(studyOverview(read(both)).pairs).toEqual(
      studyOverview(read(messages)).pairs.map((pair) => ({
        ...pair,
        answers: pair.answers.map((answer) =>
          answer.sitting.labeller === 1
            ? { ...answer, sitting: { ...answer.sitting, name: '1a' } }
            : answer,
        ),
      })),
    )
    const next = leftOutSittings(read([...both, exclude(3, 1, true)]))
    expect([...next]).toEqual([[first, { by: 'hand', because: 'asleep' }]])
    const forced = byResearcher(4, { kind: 'exclusion', sitting: other, out: false, note: '' })
    expect(leftOutSittings(read([...both, forced])).get(other)?.by).toBe('duplicate')
  })

  it('are not among the others with whom a labeller is compared, if left out by hand', () => {
    const everyone = everybody.flatMap((each) => label(each, right))
    const qualities = (...more: StudyMessage[]) => sittingQualities(read([...everyone, ...more]))
    const withOthers = (of: ReturnType<typeof qualities>, labeller: number) =>
      of.get(madeUpSitting({ study, labeller }))?.withOthers
    expect(withOthers(qualities(), 1)?.of).toBe(8)
    const alone = qualities(...everybody.slice(1).map((each) => exclude(each, each, true)))
    expect(withOthers(alone, 1)?.of).toBe(0)
    const shared = qualities(exclude(1, 1, true))
    expect(withOthers(shared, 1)?.of).toBe(8)
    const [second] = [madeUpLabelling({ study, labeller: 1, sitting: 11 }, right)]
    const twice = qualities(
      ...second,
      ...everybody.slice(1).map((each) => exclude(each, each, true)),
    )
    expect(withOthers(twice, 1)?.of).toBe(0)
  })

  it('can be previewed with rules that are not written yet', () => {
    const log = read([...messages, ...wrong])
    expect(leftOutSittings(log).size).toBe(0)
    expect([...leftOutSittings(log, sittingQualities(log), [rule]).keys()]).toContain(
      madeUpSitting({ study, labeller: 4 }),
    )
  })
})

describe('the agreement of a study', () => {
  it('is 1 where all agree, and at chance level where nobody looks', () => {
    const verdict = ({ first, second }: AssignedPair) => (first < second ? 'first' : 'second')
    const agreed = studyAgreement(read(everybody.flatMap((each) => label(each, verdict))))
    expect(agreed.estimate.alpha).toBe(1)
    expect(agreed.moreToHalve).toBe(0)
    const apart = studyAgreement(
      read(everybody.flatMap((each) => label(each, () => (each % 2 === 0 ? 'first' : 'second')))),
    )
    expect(apart.estimate.alpha).toBeLessThan(0.2)
    expect(apart.moreToHalve).toBe(3 * apart.ratings)
  })

  it('rests on pairs with several answers, whose number has to grow', () => {
    const some = read(
      [1, 2, 3, 4].flatMap((each) =>
        label(each, ({ first, second }) => (each === 4 || first < second ? 'first' : 'second')),
      ),
    )
    const numbers = studyOverview(some).pairs.map(({ answers }) => answers.length)
    const shared = numbers.filter((number) => number > 1).reduce((sum, number) => sum + number, 0)
    const { moreToHalve, ratings } = studyAgreement(some)
    expect(shared).toBeLessThan(ratings)
    expect(moreToHalve).toBe(3 * shared)
  })

  it('of graded answers counts near misses as such', () => {
    const graded = { ...study, answers: 'graded' as const }
    const answers = (strength: 'slight' | 'much') => (labeller: number) =>
      scheduleOf(study, labeller).map((pair, place) =>
        madeUpAnswer({ study, labeller }, place, pair, {
          verdict: pair.first < pair.second ? 'first' : 'second',
          ...(labeller % 2 === 0 && { strength }),
        }),
      )
    const alpha = (messages: readonly StudyMessage[]) =>
      studyAgreement(readStudyLog(graded, MADE_UP_DIGEST, messages)).estimate.alpha
    const all = (of: (labeller: number) => StudyMessage[]) =>
      everybody.flatMap((labeller) => [madeUpBeginning({ study, labeller }), ...of(labeller)])
    expect(alpha(all(answers('slight')))).toBe(1)
    const near = alpha(all(answers('much')))
    expect(near).toBeLessThan(1)
    expect(near).toBeGreaterThan(0.5)
  })
})
