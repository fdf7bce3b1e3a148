import { describe, expect, it } from 'vitest'
import { ALIGN, REWARD } from '../../procedure/training/testing/made-up-training.ts'
import type { Run } from '../../storage/run-record.ts'
import { madeUpRun } from '../../storage/testing/made-up-run.ts'
import { outcomeSentences } from './outcome-words.ts'

const POLICY = 'a'.repeat(64)
const MODEL = 'b'.repeat(64)
const JUDGE_OF_STYLE = {
  kind: 'judge',
  wanted: { measure: 'pace', direction: 'less' },
  comparisons: 200,
  noise: 0,
  cantTell: 0,
} as const
const HELD_OUT = { accuracy: 0.9, comparisons: 20 }
const point = (step: number, reward: number, kl: number) => ({
  ...{ step, reward, kl, entropy: 1, preference: 0.5, length: 60 },
})
const reinforced: Run['curves'] = {
  ...madeUpRun(1).curves,
  reinforcement: [point(0, 0, 0), point(1, 0.5, 2), point(2, 1.25, 7)],
}

function said(run: Partial<Run>): string {
  return outcomeSentences(madeUpRun(1, { seconds: 90, ...run })).join(' ')
}

describe('the outcome text of a run that', () => {
  it.each<[string, Partial<Run>, readonly string[], readonly string[]]>([
    [
      'was aligned',
      { plan: ALIGN, state: 'done', result: { policy: POLICY, reward: MODEL }, curves: reinforced },
      ['The learned reward went from 0.00 to 1.25 in 2 updates, 7.0 nats', 'opinion'],
      ['saved', 'before training was stopped'],
    ],
    [
      'imitated',
      { state: 'done', result: { policy: POLICY } },
      ['Watch and evaluate the agent to see how often it does what you want in new episodes.'],
      ['opinion', 'learned reward'],
    ],
    [
      'diverged with an agent',
      { plan: ALIGN, state: 'diverged', result: { policy: POLICY }, curves: reinforced },
      ['The agent below is its last good checkpoint.', 'before training was stopped'],
      ['no agent', 'no checkpoint'],
    ],
    [
      'diverged with a reward model alone',
      { plan: ALIGN, state: 'diverged', result: { reward: MODEL } },
      ['there is no agent to save, but the reward model is available'],
      ['below', 'opinion', 'no checkpoint'],
    ],
    [
      'is a reward model of a jumppad',
      { plan: REWARD, state: 'done', result: { reward: MODEL, heldOut: HELD_OUT } },
      ['The reward model is right on 90 % of 20 held-out labels.'],
      ['random'],
    ],
    [
      'is a reward model of a style',
      {
        plan: { ...REWARD, labels: JUDGE_OF_STYLE },
        state: 'done',
        result: { reward: MODEL, heldOut: HELD_OUT },
      },
      ['right on 90 % of 20 held-out labels. Most of these pairs differ clearly in style'],
      [],
    ],
    [
      'is a reward model that diverged',
      { plan: REWARD, state: 'diverged', result: { reward: MODEL } },
      ['The reward model below is its last good checkpoint.'],
      ['agent', 'no checkpoint'],
    ],
    [
      'diverged with nothing',
      { plan: REWARD, state: 'diverged' },
      ['no checkpoint was good enough to save'],
      ['below', 'there is'],
    ],
    [
      'was stopped with nothing',
      { state: 'stopped', result: { stopped: 'by hand' } },
      ['Stopped manually after 1 min 30 s, before there was a result to save'],
      ['is saved', 'opinion'],
    ],
  ])('%s', (_, run, says, withheld) => {
    for (const words of says) expect(said(run)).toContain(words)
    for (const words of withheld) expect(said(run)).not.toContain(words)
  })
})
