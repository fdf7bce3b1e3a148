import { describe, expect, it } from 'vitest'
import { mcNemarTest, mcNemarValues } from './index.ts'

describe('mcNemarTest', () => {
  it('agrees with published values', () => {
    // Fagerland, Lydersen & Laake 2013, BMC Medical Research Methodology 13:91, the examples of
    // Bentur 2009 (21 children: 1, 1, 7, 12) and Cavo 2012 (161 patients: 59, 6, 16, 80); the six
    // digits of the second are those of their R package contingencytables, test-ch8.R.
    const bentur = mcNemarValues(1, 7)
    expect(bentur.p).toBeCloseTo(0.0703, 4)
    expect(bentur.midP).toBeCloseTo(0.0391, 4)
    const cavo = mcNemarValues(16, 6)
    expect(cavo.p).toBeCloseTo(0.052479, 6)
    expect(cavo.midP).toBeCloseTo(0.03469, 6)
  })

  it('counts pairs, and does not depend on which policy comes first', () => {
    const first = [true, true, true, false, false, true]
    const second = [true, false, false, true, false, false]
    const test = mcNemarTest(first, second)
    expect(test).toMatchObject({ both: 1, onlyFirst: 3, onlySecond: 1, neither: 1 })
    expect(test.p).toBeCloseTo(10 / 16)
    expect(mcNemarTest(second, first)).toMatchObject({ p: test.p, midP: test.midP })
    expect(() => mcNemarTest(first, second.slice(1))).toThrow('Found 6 outcomes and 5')
  })

  it('is correct at both extremes: no difference, and thousands of pairs', () => {
    expect(mcNemarValues(0, 0)).toEqual({ p: 1, midP: 1 })
    expect(mcNemarValues(2, 2)).toEqual({ p: 1, midP: 1 - 6 / 16 / 2 })
    // Two-sided tail of the normal distribution at z = 100 / √5000, without continuity correction,
    // which the mid-p-value approaches.
    expect(mcNemarValues(2450, 2550).midP).toBeCloseTo(0.1573, 3)
  })
})
