import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { madeUpPreparedStudy } from '../study/testing/made-up-study.ts'
import {
  decodeInvitation,
  encodeInvitation,
  type Invitation,
  InvitationError,
} from './invitation.ts'

const study = madeUpPreparedStudy()
const invitation: Invitation = {
  version: 1,
  study: { id: study.id, digest: 'ab'.repeat(32) },
  labeller: 7,
  slot: 3,
  inline: study,
}

describe('an invitation', () => {
  const text = encodeInvitation(invitation)

  it('comes back from a link unchanged', () => {
    expect(decodeInvitation(text)).toEqual(invitation)
    expect(
      new URLSearchParams(new URLSearchParams({ invitation: text }).toString()).get('invitation'),
    ).toBe(text)
    expect(encodeURIComponent(text)).toBe(text)
  })

  it('that was cut off anywhere is recognised, with what to do', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (length) => {
        expect(() => decodeInvitation(text.slice(0, length))).toThrow(InvitationError)
        expect(() => decodeInvitation(text.slice(0, length))).toThrow('Copy the whole link')
      }),
    )
    expect(() => decodeInvitation(text.slice(0, text.length / 2))).toThrow('is incomplete')
  })

  it('with any other character is refused', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: text.length - 1 }),
        fc.constantFrom(...'aZ0-_.%'),
        (place, letter) => {
          fc.pre(text[place] !== letter)
          const changed = `${text.slice(0, place)}${letter}${text.slice(place + 1)}`
          expect(() => decodeInvitation(changed)).toThrow(InvitationError)
        },
      ),
    )
  })

  it('of a newer release, or that is none, gets a sentence of its own', () => {
    expect(() => decodeInvitation(`2${text.slice(1)}`)).toThrow('newer release')
    expect(() => decodeInvitation('https://example.org/'.repeat(4))).toThrow('is not an invitation')
    expect(() => decodeInvitation('')).toThrow('cut off near its beginning')
  })
})
