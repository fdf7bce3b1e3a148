import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { decisionAt, stateAt } from '../testing/decisions.ts'
import { LAUNCH_SECONDS, MISS_SECONDS, type PlaybackEvent, Timeline } from './timeline.ts'

const kinds = (happenings: readonly PlaybackEvent[]) => happenings.map(({ kind }) => kind)

describe('a conductor', () => {
  it('waits at the start until a decision arrives', () => {
    const conductor = new Timeline(stateAt({ x: 0 }))
    expect(conductor.advance(0.2, 1)).toEqual([])
    expect(conductor.moment).toMatchObject({ phase: 'waiting', part: 1, decision: undefined })
  })

  it('stands halfway between two states after half a decision', () => {
    const conductor = new Timeline(stateAt({ x: 0 }))
    conductor.receive(decisionAt(0))
    expect(kinds(conductor.advance(0.05, 1))).toEqual(['decision'])
    const { from, to, part } = conductor.moment
    expect([from.x, to.x]).toEqual([0, 1])
    expect(part).toBeCloseTo(0.5)
  })

  it('plays ten decisions a second, twice as many at double speed', () => {
    for (const speed of [0.5, 1, 2, 4]) {
      const conductor = new Timeline(stateAt())
      for (let i = 0; i < 60; i++) conductor.receive(decisionAt(i))
      let decisions = 0
      // Frames of 1/64 s, which add up without rounding.
      for (let frame = 0; frame < 64; frame++) decisions += conductor.advance(1 / 64, speed).length
      expect(decisions).toBe(10 * speed)
    }
  })

  it('does not catch up with the time a tab was hidden', () => {
    const conductor = new Timeline(stateAt())
    for (let i = 0; i < 30; i++) conductor.receive(decisionAt(i))
    expect(conductor.advance(3600, 1)).toHaveLength(3)
  })

  it('asks for more decisions ahead at higher speed, and for none after the last', () => {
    const conductor = new Timeline(stateAt())
    expect(conductor.wants(1)).toBe(true)
    conductor.receive(decisionAt(0))
    conductor.receive(decisionAt(1))
    expect(conductor.wants(1)).toBe(false)
    expect(conductor.wants(4)).toBe(true)
    conductor.receive(decisionAt(2, 'left'))
    expect(conductor.wants(4)).toBe(false)
    expect(() => conductor.receive(decisionAt(3))).toThrow(/after the last/)
  })

  it.each([
    ['left', LAUNCH_SECONDS],
    ['none', MISS_SECONDS],
  ] as const)('lingers after an episode that ends with %s', (ending, seconds) => {
    const conductor = new Timeline(stateAt())
    conductor.receive(decisionAt(0, ending))
    expect(kinds(conductor.advance(0.1, 1))).toEqual(['decision', 'ended'])
    let waited = 0
    let seen: string[] = []
    while (seen.length === 0 && waited < 10) {
      waited += 0.05
      seen = kinds(conductor.advance(0.05, 1))
    }
    expect(seen).toEqual(['finished'])
    expect(waited).toBeCloseTo(seconds)
    expect(conductor.advance(1, 1)).toEqual([])
  })

  it('tells of every decision once and in order, however time is cut', () => {
    const step = fc.record({
      seconds: fc.double({ min: 0, max: 0.3, noNaN: true }),
      arrivals: fc.nat(3),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const conductor = new Timeline(stateAt({ x: 0 }))
        let sent = 0
        const told: number[] = []
        for (const { seconds, arrivals } of steps) {
          for (let i = 0; i < arrivals && conductor.wants(2); i++) {
            conductor.receive(decisionAt(sent++))
          }
          for (const happening of conductor.advance(seconds, 2)) {
            if (happening.kind === 'decision') told.push(happening.decision.index)
          }
          const { from, to, part } = conductor.moment
          expect(part).toBeGreaterThanOrEqual(0)
          expect(part).toBeLessThanOrEqual(1)
          expect(to.x - from.x).toBe(told.length === 0 ? 0 : 1)
        }
        expect(told).toEqual(told.map((_, i) => i))
      }),
    )
  })

  it('shows after seeking what it showed when playing got there', () => {
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

  it('stands at its end when it is sought there, and lingers when it goes on', () => {
    const conductor = new Timeline(stateAt())
    conductor.receive(decisionAt(0))
    conductor.receive(decisionAt(1, 'left'))
    conductor.seek(9)
    expect(conductor.moment.phase).toBe('ended')
    expect(kinds(conductor.advance(0.25, 1))).toEqual([])
    conductor.seek(1)
    expect(kinds(conductor.advance(0.2, 1))).toEqual(['decision', 'ended'])
  })

  it('takes decisions on the spot only where the tape is at its end', () => {
    const conductor = new Timeline(stateAt({ x: 0 }))
    for (let i = 0; i < 3; i++) conductor.receive(decisionAt(i))
    conductor.advance(0.15, 1)
    expect(conductor.cut()).toBe(2)
    const decide = vi.fn(() => decisionAt(2))
    conductor.advance(0.04, 1, { decide })
    expect(decide).not.toHaveBeenCalled()
    conductor.advance(0.02, 1, { decide })
    expect(decide).toHaveBeenCalledOnce()
    expect(conductor.tape.map(({ index }) => index)).toEqual([0, 1, 2])
  })
})
