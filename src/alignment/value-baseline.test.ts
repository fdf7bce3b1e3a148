import { describe, expect, it } from 'vitest'
import { RandomStream, rootKey } from '../island/index.ts'
import { generalisedAdvantages } from './advantages.ts'
import { ValueBaseline } from './value-baseline.ts'

const WIDTH = 6

/** Returns clips whose reward is a linear function of every decision's features. */
function linearClips(count: number) {
  const random = new RandomStream(rootKey(5))
  return Array.from({ length: count }, () => {
    const reward = random.normal()
    const features = Float32Array.from({ length: 20 * WIDTH }, (_, index) =>
      index % WIDTH === 2 ? 2 * reward - 1 : random.normal(),
    )
    return { features, reward }
  })
}

describe('ValueBaseline', () => {
  it('fits a linear function, forgets slowly, and continues exactly from its statistics', () => {
    const baseline = new ValueBaseline(WIDTH)
    expect(baseline.ready).toBe(false)
    expect(() => baseline.values(new Float32Array(WIDTH))).toThrow('No values')
    baseline.learn(linearClips(30))
    for (const { features, reward } of linearClips(5)) {
      for (const value of baseline.values(features))
        expect(Math.abs(value - reward)).toBeLessThan(0.03)
    }
    const twin = new ValueBaseline(WIDTH, JSON.parse(JSON.stringify(baseline.statistics())))
    const [clip = { features: new Float32Array(0), reward: 0 }] = linearClips(1)
    expect(twin.values(clip.features)).toEqual(baseline.values(clip.features))
    const opposite = linearClips(30).map(({ features, reward }) => ({ features, reward: -reward }))
    for (let update = 0; update < 20; update++) baseline.learn(opposite)
    expect(Math.abs((baseline.values(clip.features)[0] ?? 9) + clip.reward)).toBeLessThan(0.1)
    expect(() => new ValueBaseline(WIDTH + 1, baseline.statistics())).toThrow('another network')
  })
})

describe('ValueBaseline with a stride', () => {
  it('learns from the decisions whose frames were read, as if there were no others', () => {
    const [all, few] = [new ValueBaseline(WIDTH), new ValueBaseline(WIDTH, undefined, 3)]
    const clips = linearClips(8)
    few.learn(clips)
    const read = clips.map(({ features, reward }) => ({
      features: features.filter((_, index) => (19 - Math.floor(index / WIDTH)) % 3 === 0),
      reward,
    }))
    all.learn(read)
    // The elapsed share of the episode differs, as the thinned clips seem shorter.
    const constant = (WIDTH + 2) ** 2 - 1
    expect(few.statistics()?.gram[constant]).toBe(all.statistics()?.gram[constant])
    const [one, other] = [few, all].map((each) => each.statistics()?.moment.slice(0, WIDTH))
    for (const [index, value] of (one ?? []).entries())
      expect(value).toBeCloseTo(other?.[index] ?? 9)
  })
})

describe('generalisedAdvantages', () => {
  const values = Float64Array.of(0.1, 0.5, -0.2, 0.4)

  it('is reward minus value when outcomes are fully credited', () => {
    const advantages = generalisedAdvantages(values, 2, 1)
    expect(Array.from(advantages)).toEqual(Array.from(values, (value) => Math.fround(2 - value)))
  })

  it('is the change in value alone when outcomes are not credited', () => {
    const advantages = generalisedAdvantages(values, 2, 0)
    const changes = [0.4, -0.7, 0.6, 1.6]
    for (const [index, change] of changes.entries())
      expect(advantages[index]).toBeCloseTo(change, 6)
  })
})
