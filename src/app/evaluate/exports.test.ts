import { expect, it } from 'vitest'
import { styleOf } from '../../evaluation/style.ts'
import { replay, WORLD_VERSION } from '../../island/index.ts'
import { decodeActions } from '../../procedure/episode-record.ts'
import type { Evaluation, PolicyRun } from '../stores/evaluate.ts'
import { evaluationJson, evaluationsCsv } from './exports.ts'

const episode = (seed: number, decisions: number) => {
  const actions = new Uint16Array(decisions).fill(500)
  const played = { worldVersion: WORLD_VERSION, start: 'spawn', seed, actions } as const
  const { ending, path } = replay(played)
  return {
    index: seed,
    style: styleOf(played),
    seed,
    actions,
    ending,
    path,
    rewards: [new Float32Array(decisions).fill(0.5)],
  }
}

const policy = (name: string, problem?: string): PolicyRun => ({
  name,
  title: name,
  stage: 'base',
  sha256: 'ab'.repeat(32),
  phase: problem === undefined ? 'done' : 'failed',
  deviceName: 'WebAssembly, 1 thread',
  problem,
  decisions: 12,
  ended: 2,
  episodes: problem === undefined ? [episode(0, 5), episode(1, 7)] : [],
  seconds: 1,
})

const EVALUATION: Evaluation = {
  settings: {
    model: 'a,b',
    episodes: 2,
    seed: 1,
    start: 'spawn',
    island: 'home',
    islands: 'one',
    reward: 'r',
    device: 'wasm',
    run: 'asked',
  },
  phase: 'done',
  policies: [policy('name, "quoted"'), policy('gone', 'It is missing.')],
  rewards: [
    {
      name: 'missing',
      title: 'Missing',
      stage: 'other',
      sha256: undefined,
      problem: 'It is missing.',
    },
    { name: 'r', title: 'R', stage: 'reward-left', sha256: 'cd'.repeat(32), problem: undefined },
  ],
  begunAt: '2026-01-01T00:00:00.000Z',
  seconds: 1,
}

it('writes one row per episode, whatever the name of the model', () => {
  const lines = evaluationsCsv([EVALUATION]).split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toBe(
    'policy,digest,episode,seed,start,island,begins_at,outcome,decisions,reward:r,' +
      'style:straightness,style:pace,style:swims,style:shore-distance,style:running-jumps,' +
      'style:swinging,style:presses,style:aside,style:turning',
  )
  expect(lines[2]).toMatch(
    /^"name, ""quoted""",(ab)+,2,1,spawn,home,(Front|Back) (left|right),none,7,0\.5(,-?[\d.e-]+){9}$/,
  )
})

it('writes the data to replay every episode, and the counts', () => {
  const json = JSON.parse(evaluationJson(EVALUATION, 'http://lab/#/evaluate?run=now'))
  expect(json).toMatchObject({ format: 'jumppad-evaluation', version: 1, complete: false })
  expect(json.rewardModels.map(({ name }: { name: string }) => name)).toEqual(['r'])
  const [first, gone] = json.policies
  expect(gone.problem).toBe('It is missing.')
  expect(first.summary).toMatchObject({ episodes: 2, meanDecisions: 6, meanRewards: [0.5] })
  for (const { seed, actions, outcome, decisions } of first.episodes) {
    const again = replay({
      worldVersion: json.worldVersion,
      start: json.order.start,
      seed,
      actions: decodeActions(actions),
    })
    expect([again.ending, again.decisions]).toEqual([outcome, decisions])
  }
})
