import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { decisionAt, stateAt } from '../testing/decisions.ts'
import { LAUNCH_SECONDS, MISS_SECONDS, type PlaybackEvent, Timeline } from './timeline.ts'

const kinds = (events: readonly PlaybackEvent[]) => events.map(({ kind }) => kind)

describe('a timeline', () => {
  it('waits at the start until a decision arrives', () => {
    const timeline = new Timeline(stateAt({ x: 0 }))
    expect(timeline.advance(0.2, 1)).toEqual([])
    expect(timeline.moment).toMatchObject({ phase: 'waiting', part: 1, decision: undefined })
  })

  it('is halfway between two states after half a decision', () => {
    const timeline = new Timeline(stateAt({ x: 0 }))
    timeline.receive(decisionAt(0))
    expect(kinds(timeline.advance(0.05, 1))).toEqual(['decision'])
    const { from, to, part } = timeline.moment
    expect([from.x, to.x]).toEqual([0, 1])
    expect(part).toBeCloseTo(0.5)
  })

  it('plays ten decisions per second, and twice as many at double speed', () => {
    for (const speed of [0.5, 1, 2, 4]) {
      const timeline = new Timeline(stateAt())
      for (let i = 0; i < 60; i++) timeline.receive(decisionAt(i))
      let decisions = 0
      // Frames of 1/64 s, which add up without rounding.
      for (let frame = 0; frame < 64; frame++) decisions += timeline.advance(1 / 64, speed).length
      expect(decisions).toBe(10 * speed)
    }
  })

  it('does not catch up on the time that a tab was hidden', () => {
    const timeline = new Timeline(stateAt())
    for (let i = 0; i < 30; i++) timeline.receive(decisionAt(i))
    expect(timeline.advance(3600, 1)).toHaveLength(3)
  })

  it('requests more decisions ahead at higher speed, and none after the last', () => {
    const timeline = new Timeline(stateAt())
    expect(timeline.wants(1)).toBe(true)
    timeline.receive(decisionAt(0))
    timeline.receive(decisionAt(1))
    expect(timeline.wants(1)).toBe(false)
    expect(timeline.wants(4)).toBe(true)
    timeline.receive(decisionAt(2, 'left'))
    expect(timeline.wants(4)).toBe(false)
    expect(() => timeline.receive(decisionAt(3))).toThrow(/after the last/)
  })

  it.each([
    ['left', LAUNCH_SECONDS],
    ['none', MISS_SECONDS],
  ] as const)('lingers after an episode that ends with %s', (ending, seconds) => {
    const timeline = new Timeline(stateAt())
    timeline.receive(decisionAt(0, ending))
    expect(kinds(timeline.advance(0.1, 1))).toEqual(['decision', 'ended'])
    let waited = 0
    let seen: string[] = []
    while (seen.length === 0 && waited < 10) {
      waited += 0.05
      seen = kinds(timeline.advance(0.05, 1))
    }
    expect(seen).toEqual(['finished'])
    expect(waited).toBeCloseTo(seconds)
    expect(timeline.advance(1, 1)).toEqual([])
  })

  it('reports every decision once and in order, however time is divided', () => {
    const step = fc.record({
      seconds: fc.double({ min: 0, max: 0.3, noNaN: true }),
      arrivals: fc.nat(3),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const timeline = new Timeline(stateAt({ x: 0 }))
        let sent = 0
        const told: number[] = []
        for (const { seconds, arrivals } of steps) {
          for (let i = 0; i < arrivals && timeline.wants(2); i++) {
            timeline.receive(decisionAt(sent++))
          }
          for (const event of timeline.advance(seconds, 2)) {
            if (event.kind === 'decision') told.push(event.decision.index)
          }
          const { from, to, part } = timeline.moment
          expect(part).toBeGreaterThanOrEqual(0)
          expect(part).toBeLessThanOrEqual(1)
          expect(to.x - from.x).toBe(told.length === 0 ? 0 : 1)
        }
        expect(told).toEqual(told.map((_, i) => i))
      }),
    )
  })

  it('shows the same after seeking as when playing reached that moment', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.nat(12), (length, target) => {
        const tape = Array.from({ length }, (_, index) => decisionAt(index))
        const played = new Timeline(stateAt({ x: 0 }))
        const sought = new Timeline(stateAt({ x: 0 }))
        for (const decision of tape) {
          played.receive(decision)
          sought.receive(decision)
        }
        const until = Math.min(length, target)
        for (let i = 0; i < 20; i++) played.advance(0.25, 1, { until })
        for (let i = 0; i < 20; i++) sought.advance(0.25, 1)
        sought.seek(target)
        expect(sought.shown).toBe(until)
        const { phase: _played, ...there } = played.moment
        const { phase: _sought, ...here } = sought.moment
        expect(here).toEqual(there)
      }),
    )
  })

  it('stands still after seeking to its end, and lingers when playing to it', () => {
    const timeline = new Timeline(stateAt())
    timeline.receive(decisionAt(0))
    timeline.receive(decisionAt(1, 'left'))
    timeline.seek(9)
    expect(timeline.moment.phase).toBe('ended')
    expect(kinds(timeline.advance(0.25, 1))).toEqual([])
    timeline.seek(1)
    expect(kinds(timeline.advance(0.2, 1))).toEqual(['decision', 'ended'])
  })

  it('makes decisions on the spot only at the end of the tape', () => {
    const timeline = new Timeline(stateAt({ x: 0 }))
    for (let i = 0; i < 3; i++) timeline.receive(decisionAt(i))
    timeline.advance(0.15, 1)
    expect(timeline.cut()).toBe(2)
    const decide = vi.fn(() => decisionAt(2))
    timeline.advance(0.04, 1, { decide })
    expect(decide).not.toHaveBeenCalled()
    timeline.advance(0.02, 1, { decide })
    expect(decide).toHaveBeenCalledOnce()
    expect(timeline.tape.map(({ index }) => index)).toEqual([0, 1, 2])
  })
})
