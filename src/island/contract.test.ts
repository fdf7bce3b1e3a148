import { describe, expect, it } from 'vitest'
import { checkContract, WORLD, type WorldUnderTest } from './contract.ts'
import { rootKey, splitKey } from './key.ts'
import { isOver } from './motion.ts'
import { FRAME_BYTES } from './observation.ts'
import type { IslandState } from './state.ts'

const KEY = splitKey(rootKey(20_240_606), 'contract')

/** Returns the violations that the checker reports for a world with some functions replaced. */
function complaints(broken: Partial<WorldUnderTest>): string {
  return checkContract(KEY, 4, { ...WORLD, ...broken }).join('\n')
}

/** Returns an override of `advance` that calls `afterwards` after each decision. */
function withAfterthought(afterwards: (state: IslandState) => void): Partial<WorldUnderTest> {
  return {
    advance: (state, action) => {
      WORLD.advance(state, action)
      afterwards(state)
    },
  }
}

it('passes for the current world', () => {
  expect(checkContract(KEY, 24)).toEqual([])
})

describe('the checker notices', () => {
  it('motion that depends on earlier calls', () => {
    let calls = 0
    const drift = withAfterthought((state) => {
      calls += 1
      state.velocityX += calls * 1e-9
    })
    expect(complaints(drift)).toMatch(/the same actions gave state digest \w+, then \w+/)
  })

  it('a bias to one side, however small', () => {
    const bias = withAfterthought((state) => {
      if (!isOver(state)) state.x += 1e-12
    })
    expect(complaints(bias)).toMatch(/mirrored, x at decision 1 is .*, expected/)
  })

  it('an ending away from a jumppad, and an ending that comes too early', () => {
    const truncatedAsLeft = withAfterthought((state) => {
      if (state.decision === 40) state.outcome ??= 'left'
    })
    expect(complaints(truncatedAsLeft)).toMatch(/it ended left away from that jumppad/)
    expect(complaints({ isOver: ({ decision }) => decision >= 30 })).toMatch(
      /at decision 30 isOver is true, outcome undefined/,
    )
    expect(complaints({ isOver: ({ decision }) => decision >= 100 })).toMatch(
      /isOver is false, outcome (left|middle|right)/,
    )
  })

  it('states that leave the world', () => {
    const flight = withAfterthought((state) => {
      state.y += 3
    })
    expect(complaints(flight)).toMatch(/out of the world/)
    const nan = withAfterthought((state) => {
      if (state.decision === 5) state.z = Number.NaN
    })
    expect(complaints(nan)).toMatch(/it threw/)
  })

  it('incorrect frames', () => {
    const view = (draw: (out: Uint8Array, offset: number) => void): Partial<WorldUnderTest> => ({
      createView: (seed) => {
        const drawTruly = WORLD.createView(seed)
        return (state, out, offset) => {
          drawTruly(state, out, offset)
          draw(out, offset)
        }
      },
    })
    let frames = 0
    expect(complaints(view((out, offset) => out.fill(7, offset, offset + FRAME_BYTES)))).toMatch(
      /the frame at decision 0 is of one even colour/,
    )
    expect(complaints(view((out, offset) => out.fill(7, offset + FRAME_BYTES)))).toMatch(
      /was written beyond its bytes/,
    )
    expect(
      complaints(
        view((out, offset) => {
          frames += 1
          out[offset + 5] = frames
        }),
      ),
    ).toMatch(/is another when it is drawn again/)
    const blank: Partial<WorldUnderTest> = { createView: () => () => {} }
    expect(complaints(blank)).toMatch(/is another when it is drawn again/)
  })
})
