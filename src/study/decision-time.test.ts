import { expect, it } from 'vitest'
import { madeUpId, madeUpTime } from '../alignment/labels/testing/made-up-labels.ts'
import { lastDecisionTime } from './decision-time.ts'
import { MESSAGE_VERSION, type ResearcherMessage } from './message.ts'
import { madeUpPreparedStudy } from './testing/made-up-study.ts'

const study = madeUpPreparedStudy()
const [pair, other] = study.material.pairs

it('is that of the latest decision on the same pair, whichever clip is named first', () => {
  if (!pair || !other) throw new Error('The study has too few pairs')
  const made = (n: number): ResearcherMessage => ({
    ...{ version: MESSAGE_VERSION, id: madeUpId(n), study: study.id, at: madeUpTime(n) },
    ...{ kind: 'decision', ...pair, verdict: 'first', note: '' },
  })
  const known = [made(1), made(3), made(2)]
  const turned = { kind: 'decision', first: pair.second, second: pair.first } as const
  expect(lastDecisionTime(turned, known)).toBe(madeUpTime(3))
  expect(lastDecisionTime({ kind: 'decision', ...other }, known)).toBeUndefined()
  expect(lastDecisionTime({ kind: 'rules' }, known)).toBeUndefined()
})
