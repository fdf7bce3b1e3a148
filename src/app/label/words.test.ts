import { expect, it } from 'vitest'
import { correct } from '../../alignment/labels/index.ts'
import {
  madeUpId,
  madeUpLabel,
  madeUpSession,
  madeUpTime,
} from '../../alignment/labels/testing/made-up-labels.ts'
import { endedSentence } from './words.ts'

const session = madeUpSession({ createdAt: madeUpTime(0) })
const own = { session: session.id }
const corrected = {
  verdict: 'tie',
  responseMs: 900,
  replays: 0,
  createdAt: madeUpTime(150),
} as const
const log = [
  madeUpLabel(1, { session: madeUpId(77) }),
  madeUpLabel(60, own),
  madeUpLabel(90, own),
  madeUpLabel(120, { ...own, verdict: 'cannot tell' }),
  correct(madeUpLabel(90, own), { ...corrected, id: madeUpId(200) }),
]

it.each([
  [log, 0, '3 pairs answered in 3 min, 1 of them with a preference. All answers are saved'],
  [log, 2, '2 answers could not be saved yet: leave this tab open.'],
  [log.slice(0, 2), 0, '1 pair answered in 1 min, 1 of them with a preference.'],
  [[], 0, 'Session ended without any answers.'],
])('summarises a session', (entries, unsaved, expected) => {
  expect(endedSentence(session, entries, unsaved)).toContain(expected)
})
