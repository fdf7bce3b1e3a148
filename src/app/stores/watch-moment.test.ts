import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ACTION_COUNT, WORLD_VERSION } from '../../island/index.ts'
import type { Script } from '../../lab/acting/protocol.ts'
import { readMoment, withMoment, withoutMoment } from './watch-moment.ts'

const scriptArbitrary: fc.Arbitrary<Script> = fc
  .array(fc.tuple(fc.nat(ACTION_COUNT - 1), fc.constantFrom('a', 'h')), { maxLength: 100 })
  .map((decisions) => ({
    actions: Uint16Array.from(decisions, ([action]) => action),
    authors: decisions.map(([, author]) => author).join(''),
  }))

it('restores every moment from its link, and leaves the rest of the address alone', () => {
  fc.assert(
    fc.property(
      fc.array(scriptArbitrary, { minLength: 1, maxLength: 4 }),
      fc.option(fc.nat(100), { nil: undefined }),
      (scripts, at) => {
        const link = withMoment(new URLSearchParams('seed=7'), scripts, at).toString()
        const read = readMoment(new URLSearchParams(link))
        expect(read?.problem).toBeUndefined()
        expect(read?.at).toBe(at)
        expect(read?.scripts).toEqual(scripts)
        expect(withoutMoment(new URLSearchParams(link)).toString()).toBe('seed=7')
      },
    ),
  )
})

it('fits into an address that can be shared', () => {
  const whole: Script = { actions: new Uint16Array(100).fill(58_563), authors: 'ah'.repeat(50) }
  const link = withMoment(new URLSearchParams(), [whole, whole, whole, whole], 100).toString()
  expect(link.length).toBeLessThan(2_100)
})

it.each([
  ['play=__8', /found action 65535/],
  ['play=AA%21', /not base64url/],
  ['play=AA', /two for each action/],
  [`play=${'A'.repeat(400)}`, /at most 100/],
  ['play=AAA&by=a2h3', /found 5 authors for/],
  ['play=AAA&by=x1', /not runs/],
  [`play=AAA&world=${WORLD_VERSION + 1}`, /from world version/],
])('explains what is wrong with %s', (query, problem) => {
  const read = readMoment(new URLSearchParams(query))
  expect(read?.problem).toMatch(problem)
  expect(read?.scripts).toEqual([])
})

it('finds nothing in an address without a moment, and ignores an invalid decision', () => {
  expect(readMoment(new URLSearchParams('seed=1'))).toBeUndefined()
  expect(readMoment(new URLSearchParams('t=-3'))?.at).toBeUndefined()
})
