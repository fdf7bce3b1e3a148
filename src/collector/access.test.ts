import { describe, expect, it } from 'vitest'
import { type Access, AccessError, decodeAccess, encodeAccess } from './access.ts'
import { encodeInvitation } from './invitation.ts'

const access: Access = {
  version: 1,
  study: { id: '00000000-0000-4000-8000-000000000001', digest: 'ab'.repeat(32) },
  from: 'study.json',
  url: 'collector',
  jwt: `eyJ0eXAiOiJKV1QifQ.${'a1'.repeat(200)}.sig`,
  seed: `SU${'A'.repeat(56)}`,
}

describe("a researcher's access", () => {
  const text = encodeAccess(access)

  it('comes back from a link unchanged', () => {
    expect(decodeAccess(text)).toEqual(access)
    expect(encodeURIComponent(text)).toBe(text)
  })

  it('that is damaged, newer or something else gets a sentence with what to do', () => {
    const problems = {
      'was cut off near its beginning': text.slice(0, 12),
      'is incomplete': text.slice(0, -3),
      'was changed in transit': `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`,
      'newer release': `2${text.slice(1)}`,
      'is not a researcher’s link': 'https://example.org/'.repeat(4),
      // The two kinds of links look alike, and are easily confused.
      'cannot be read': encodeInvitation({
        ...{ version: 1, study: access.study, labeller: 1, slot: 1, from: 'study.json' },
      }),
    }
    for (const [problem, damaged] of Object.entries(problems)) {
      expect(() => decodeAccess(damaged)).toThrow(AccessError)
      expect(() => decodeAccess(damaged)).toThrow(problem)
    }
  })
})
