import { describe, expect, it } from 'vitest'
import { type Ending, rootKey } from '../../island/index.ts'
import {
  DEFAULT_PAIR_SETTINGS,
  LABEL_VERSION,
  labelSchema,
  nextPair,
  type PairSettings,
  pairKey,
  type ScheduledPair,
} from './index.ts'

const CLIPS = Array.from({ length: 32 }, (_, n) => n.toString(16).padStart(16, '0'))
const CYCLE: readonly Ending[] = [
  'right',
  'none',
  'none',
  'middle',
  'right',
  'none',
  'left',
  'none',
]
const ENDINGS = new Map(CLIPS.map((clip, n) => [clip, CYCLE[n % CYCLE.length] ?? 'none']))

const TELLING: PairSettings = {
  ...DEFAULT_PAIR_SETTINGS,
  rule: 'telling',
  randomShare: 0,
  reShowEvery: 0,
  goldenShare: 0,
  golden: 'right',
}

function tenPairs(settings: PairSettings, clips = CLIPS): ScheduledPair[] {
  const shown: ScheduledPair[] = []
  while (shown.length < 10) {
    const pair = nextPair({ key: rootKey(1), settings, clips, shown, endings: ENDINGS })
    if (pair === undefined) break
    shown.push(pair)
  }
  return shown
}

describe('the rule `telling`', () => {
  it('pairs a clip that reaches the jumppad with one that does not, and varies both', () => {
    const pairs = tenPairs(TELLING)
    const ends = pairs.map(({ first, second }) => [ENDINGS.get(first), ENDINGS.get(second)])
    expect(ends.every((two) => two.filter((end) => end === 'right').length === 1)).toBe(true)
    const misses = ends.flat().filter((end) => end !== 'right')
    for (const end of ['none', 'left', 'middle']) {
      expect(misses.filter((each) => each === end).length).toBeGreaterThanOrEqual(3)
    }
    // Eight of the clips reach the jumppad and 24 do not.
    expect(new Set(pairs.flatMap(({ first, second }) => [first, second])).size).toBe(18)
    expect(new Set(pairs.map(({ first, second }) => pairKey(first, second))).size).toBe(10)
    // Otherwise a reward model could learn that the first clip is the better one.
    expect(new Set(ends.map(([first]) => first === 'right')).size).toBe(2)
    expect(pairs.every(({ rule, kind }) => rule === 'telling' && kind === 'fresh')).toBe(true)
  })

  it('reports why a pair was selected at random instead', () => {
    const { golden: _, ...nameless } = TELLING
    expect(tenPairs(nameless)[0]).toMatchObject({
      rule: 'random',
      fallback: expect.stringMatching(/does not specify a preferred jumppad/),
    })
    const missing = CLIPS.filter((clip) => ENDINGS.get(clip) !== 'right')
    expect(tenPairs(TELLING, missing)[0]).toMatchObject({
      rule: 'random',
      fallback: expect.stringMatching(/reaches the right jumppad/),
    })
  })
})

describe('labels that name a rule', () => {
  const label = {
    id: '3f0c1c5e-2f5c-4a39-9d0a-6f0a4c5e7b11',
    version: LABEL_VERSION,
    session: '9d1f6a50-8a53-4f0e-8a9f-0c5bb3d1a2c3',
    first: CLIPS[0],
    second: CLIPS[1],
    left: 'first',
    verdict: 'first',
    responseMs: 900,
    replays: 0,
    question: 'Which goes more directly to the right jumppad?',
    labeller: 'Anonymous',
    kind: 'fresh',
    createdAt: '2026-01-01T00:00:00.000Z',
    worldVersion: 2,
    appVersion: '0.1.0',
  }

  it.each(['random', 'disagreement', 'closeness', 'telling'])('are accepted: %s', (rule) => {
    expect(labelSchema.parse({ ...label, rule }).rule).toBe(rule)
  })

  it('are refused when no version knows the rule', () => {
    expect(labelSchema.safeParse({ ...label, rule: 'whim' }).success).toBe(false)
  })
})
