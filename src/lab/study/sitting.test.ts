import { expect, it } from 'vitest'
import { sessionSchema } from '../../alignment/labels/index.ts'
import { madeUpId, madeUpTime } from '../../alignment/labels/testing/made-up-labels.ts'
import { readOne, type Sitting, sittingFormat } from '../../storage/index.ts'
import { madeUpPreparedStudy } from '../../study/testing/made-up-study.ts'
import {
  agreed,
  begun,
  finished,
  newSitting,
  parametersIn,
  passed,
  phaseOf,
  practised,
  returnAddress,
  sessionOf,
  withdrawn,
} from './sitting.ts'
import { madeUpInvitation } from './testing/made-up-sitting.ts'

const study = madeUpPreparedStudy()
const opened = newSitting(madeUpId(7), madeUpInvitation(study), study, {}, madeUpTime(0))

it('leads from consent to the end, and resumes every step from what is stored', () => {
  const steps: ((sitting: Sitting) => Sitting)[] = [
    (sitting) => sitting,
    (sitting) => agreed(sitting, madeUpTime(10)),
    (sitting) => practised(sitting, true),
    (sitting) => passed(practised(sitting, false)),
    (sitting) => begun(sitting, madeUpTime(60)),
    (sitting) => finished(sitting, madeUpTime(900), 'all answered'),
    (sitting) => withdrawn(sitting, madeUpTime(950)),
  ]
  let sitting = opened
  const phases = steps.map((step) => {
    const stored = step(sitting)
    expect(readOne(sittingFormat, stored)).toEqual(stored)
    sitting = stored
    return phaseOf(sitting, false)
  })
  expect(phases).toEqual([
    ...['consent', 'instructions', 'practice', 'ready', 'pairs', 'finished', 'withdrawn'],
  ])
  expect(sitting.practice).toEqual({ answered: 2, right: 1, passed: true })
  expect(phaseOf(agreed(opened, madeUpTime(10)), true)).toBe('practice')
})

it('begins right after the instructions where there is no practice', () => {
  const unpractised = madeUpPreparedStudy({ practice: { pairs: 0, least: 0 } })
  const invitation = madeUpInvitation(unpractised)
  const sitting = agreed(newSitting(madeUpId(7), invitation, unpractised, {}, madeUpTime(0)), '')
  expect([false, true].map((hasRead) => phaseOf(sitting, hasRead))).toEqual([
    'instructions',
    'instructions',
  ])
})

it('has a session with the labeller’s place in the study, and a name of its own for each sitting', () => {
  const session = sessionOf(opened, madeUpTime(60), '0.1.0')
  expect(sessionSchema.parse(session)).toEqual(session)
  expect(session).toMatchObject({ goal: 12, study: { id: study.id, labeller: 3, slot: 3 } })
  const other = { ...opened, id: `a${madeUpId(7).slice(1)}` }
  expect(sessionOf(other, madeUpTime(60), '0.1.0').labeller).not.toBe(session.labeller)
})

it('finds a recruiting site’s parameters in the query and in the hash, and only those asked for', () => {
  const names = ['PROLIFIC_PID', 'STUDY_ID', 'SESSION_ID', 'LONG']
  const address = {
    search: `?PROLIFIC_PID=ab%20c&other=1&LONG=${'x'.repeat(201)}`,
    hash: '#/label?invitation=1.2.3&STUDY_ID=s1?SESSION_ID=z',
  }
  expect(parametersIn(address, names)).toEqual({
    PROLIFIC_PID: 'ab c',
    STUDY_ID: 's1',
    SESSION_ID: 'z',
  })
  expect(parametersIn(address, [])).toEqual({})
  expect(returnAddress('https://site.example/done?cc=1', { PROLIFIC_PID: 'ab c' })).toBe(
    'https://site.example/done?cc=1&PROLIFIC_PID=ab+c',
  )
  expect(returnAddress('https://site.example/done', {})).toBe('https://site.example/done')
})
