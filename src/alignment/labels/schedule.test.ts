import { describe, expect, it } from 'vitest'
import { rootKey } from '../../island/index.ts'
import {
  DEFAULT_PAIR_SETTINGS,
  disagreement,
  nextPair,
  type PairRequest,
  type PairSettings,
  pairKey,
  type ScheduledPair,
} from './index.ts'

const CLIPS = Array.from({ length: 40 }, (_, n) => n.toString(16).padStart(16, '0'))
const clip = (n: number): string => CLIPS[n] ?? ''

/** Returns the pairs shown until none is left, or `most` were shown. */
function session(overrides: Partial<PairRequest>, most: number): ScheduledPair[] {
  const shown: ScheduledPair[] = []
  const request = { key: rootKey(1), settings: DEFAULT_PAIR_SETTINGS, clips: CLIPS, ...overrides }
  while (shown.length < most) {
    const next = nextPair({ ...request, shown })
    if (next === undefined) break
    shown.push(next)
  }
  return shown
}

const settings = (changes: Partial<PairSettings>): PairSettings => ({
  ...DEFAULT_PAIR_SETTINGS,
  ...changes,
})

describe('nextPair', () => {
  it('repeats no pair except as a re-show, once each, later and with swapped sides', () => {
    const shown = session({}, 400)
    expect(shown).toHaveLength(400)
    const places = new Map<string, number>()
    const again = new Set<string>()
    for (const [place, pair] of shown.entries()) {
      const key = pairKey(pair.first, pair.second)
      const before = places.get(key)
      expect(pair.first).not.toBe(pair.second)
      if (pair.kind === 're-show') {
        expect(place - (before ?? Number.NaN)).toBeGreaterThanOrEqual(10)
        const earlier = shown[before ?? -1]
        expect(pair).toMatchObject({ first: earlier?.first, second: earlier?.second })
        expect(pair.left).not.toBe(earlier?.left)
        expect(again.has(key)).toBe(false)
        again.add(key)
      } else {
        expect(before).toBeUndefined()
        places.set(key, place)
      }
    }
    // The first ten have nothing to show again.
    expect(again.size).toBe(39)
  })

  it('takes telling pairs in the order in which they are given, and then says that none is left', () => {
    const telling = [3, 9, 5].map((n) => ({ first: clip(n), second: clip(n + 10) }))
    const rules = settings({ rule: 'telling', randomShare: 0, reShowEvery: 0 })
    const shown = session({ telling, settings: rules }, 4)
    const told = telling.map((pair) => ({ ...pair, rule: 'telling' }))
    expect(shown.slice(0, 3)).toMatchObject(told)
    expect(shown[3]?.rule).toBe('random')
    expect(shown[3]?.fallback).toContain('no pair is left')
  })

  it('is determined by the key and by the pairs already shown', () => {
    const shown = session({}, 60)
    expect(session({}, 60)).toEqual(shown)
    expect(session({ key: rootKey(2) }, 60)).not.toEqual(shown)
    const left = shown.filter((pair) => pair.left === 'first').length
    expect(left).toBeGreaterThan(15)
    expect(left).toBeLessThan(45)
  })

  it('shows every pair of a small pool, golden pairs as golden, and then ends', () => {
    const clips = CLIPS.slice(0, 6)
    const golden = [{ first: clip(1), second: clip(0), known: 'tie' } as const]
    const quiet = settings({ reShowEvery: 0, goldenShare: 0 })
    const shown = session({ clips, golden, settings: quiet }, 100)
    expect(new Set(shown.map(({ first, second }) => pairKey(first, second))).size).toBe(15)
    expect(shown).toHaveLength(15)
    expect(shown.at(-1)).toMatchObject({ kind: 'golden', known: 'tie', first: clip(1) })
    expect(session({ clips: CLIPS.slice(0, 1) }, 5)).toEqual([])
  })

  it('shows every clip once before showing any clip again', () => {
    const shown = session({ settings: settings({ reShowEvery: 0 }) }, 60)
    for (const round of [0, 20, 40]) {
      const clips = shown.slice(round, round + 20).flatMap(({ first, second }) => [first, second])
      expect(new Set(clips).size).toBe(40)
    }
    const more = session({ clips: CLIPS.slice(0, 10), settings: settings({ reShowEvery: 0 }) }, 5)
    const { first, second } = nextPair({
      key: rootKey(1),
      settings: DEFAULT_PAIR_SETTINGS,
      clips: CLIPS.slice(0, 12),
      shown: more,
    }) as ScheduledPair
    expect(new Set([first, second])).toEqual(new Set([clip(10), clip(11)]))
  })

  it('mixes in golden pairs at their configured share', () => {
    const golden = CLIPS.slice(1).map((second) => ({
      first: clip(0),
      second,
      known: 'first' as const,
    }))
    const shown = session({ golden, settings: settings({ goldenShare: 0.2 }) }, 150)
    const count = shown.filter(({ kind }) => kind === 'golden').length
    expect(count).toBeGreaterThan(15)
    expect(count).toBeLessThan(45)
  })

  it('selects by closeness and by disagreement, mixed with random pairs', () => {
    const ensemble = (rewards: number[][]) => ({ rewards, labels: 100 })
    const ask = (rule: PairSettings['rule'], rewards: number[][], randomShare = 0) =>
      session(
        { settings: settings({ rule, randomShare, reShowEvery: 0 }), ensemble: ensemble(rewards) },
        20,
      )
    // Rewards from 0 to 1521: two clips taken at random are some 500 apart.
    const spread = CLIPS.map((_, n) => n * n)
    for (const { first, second, rule } of ask('closeness', [spread])) {
      expect(rule).toBe('closeness')
      const [a = 0, b = 0] = [first, second].map((id) => spread[CLIPS.indexOf(id)])
      expect(Math.abs(a - b)).toBeLessThan(40)
    }
    // The models disagree about clip 7 only.
    const calm = CLIPS.map(() => 0)
    for (const pair of ask('disagreement', [calm.with(7, 5), calm.with(7, -5)])) {
      expect([pair.first, pair.second]).toContain(clip(7))
    }
    const rules = ask('closeness', [spread], 0.5).map(({ rule }) => rule)
    expect(new Set(rules)).toEqual(new Set(['random', 'closeness']))
  })

  it('selects by a rule among pairs of the requested kind, as long as there are any', () => {
    const rewards = [CLIPS.map((_, n) => n * n)]
    // One pair in 39 fits.
    const among = ({ first, second }: { first: string; second: string }) =>
      [first, second].includes(clip(3)) && [first, second].some((each) => each > clip(19))
    const shown = session(
      {
        settings: settings({ rule: 'closeness', randomShare: 0, reShowEvery: 0, minimumLabels: 0 }),
        ...{ ensemble: { rewards, labels: 0 }, among },
      },
      21,
    )
    const other = ({ first, second }: ScheduledPair): string => (first === clip(3) ? second : first)
    expect(shown.slice(0, 20).map(other)).toEqual(CLIPS.slice(20))
    expect(shown.slice(0, 20).every(({ rule }) => rule === 'closeness')).toBe(true)
    expect(shown[20]).toMatchObject({
      rule: 'random',
      fallback: 'Picked at random: no pair of the requested kind is left.',
    })
  })

  it('reports when it actually selected at random', () => {
    const rule = 'disagreement'
    const asked = { settings: settings({ rule, randomShare: 0, minimumLabels: 50 }) }
    expect(session(asked, 1)[0]).toMatchObject({
      rule: 'random',
      fallback: 'Picked at random: picking by disagreement needs 2 reward models, and there are 0.',
    })
    const flat = CLIPS.map(() => 0)
    const few = { ...asked, ensemble: { rewards: [flat, flat], labels: 49 } }
    expect(session(few, 1)[0]?.fallback).toContain('and there are 49.')
    const enough = { ...asked, ensemble: { rewards: [flat, flat], labels: 50 } }
    expect(session(enough, 1)[0]).toMatchObject({ rule })
    const broken = { ...asked, ensemble: { rewards: [flat, [1]], labels: 50 } }
    expect(() => session(broken, 1)).toThrow('Found 1 rewards of 40 clips')
  })

  it('measures disagreement as the variance of the predicted preference', () => {
    const ln3 = Math.log(3)
    // One model says 3 to 1 for the first, the other 3 to 1 for the second.
    expect(disagreement([ln3, 0], [0, ln3])).toBeCloseTo(0.0625)
    expect(disagreement([9, 9], [1, 1])).toBe(0)
  })
})
