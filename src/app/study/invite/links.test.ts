import { expect, it } from 'vitest'
import { decodeInvitation } from '../../../collector/invitation.ts'
import { MADE_UP_DIGEST } from '../../../study/testing/made-up-messages.ts'
import { madeUpPreparedStudy } from '../../../study/testing/made-up-study.ts'
import { invitationLinks, LONGEST_LINK, LONGEST_QR, linksAsCsv } from './links.ts'

const study = madeUpPreparedStudy()
const place = { count: 6, page: 'https://lab.example.org/jumppad/' }
const invitationIn = (link: string) =>
  decodeInvitation(new URLSearchParams(new URL(link).hash.split('?')[1]).get('invitation') ?? '')

it('each labeller gets a link of their own, with the study in it or the name of its file', () => {
  const inline = invitationLinks(study, MADE_UP_DIGEST, { kind: 'inline' }, place)
  const named = invitationLinks(study, MADE_UP_DIGEST, { kind: 'file', from: 'study.json' }, place)
  for (const links of [inline, named]) {
    expect(links.map(({ link }) => invitationIn(link).labeller)).toEqual([1, 2, 3, 4, 5, 6])
    expect(links.map(({ link }) => invitationIn(link).slot)).toEqual([1, 2, 3, 4, 5, 6])
    for (const { link } of links)
      expect(link).toMatch(/^https:\/\/lab\.example\.org\/jumppad\/#\/label/)
  }
  expect(inline.map(({ link }) => invitationIn(link).inline)).toEqual(Array(6).fill(study))
  expect(invitationIn(named[0]?.link ?? '')).not.toHaveProperty('inline')
})

it('links that name a file fit into mails and QR codes; a study in the link does not', () => {
  const length = (source: Parameters<typeof invitationLinks>[2]) =>
    Math.max(
      ...invitationLinks(study, MADE_UP_DIGEST, source, place).map(({ link }) => link.length),
    )
  expect(length({ kind: 'file', from: 'study-00000000.json' })).toBeLessThan(LONGEST_QR)
  // Even this study of 24 clips.
  expect(length({ kind: 'inline' })).toBeGreaterThan(LONGEST_LINK)
})

it('the table of links has a row for each', () => {
  const links = invitationLinks(study, MADE_UP_DIGEST, { kind: 'file', from: 'a,b.json' }, place)
  const [header, ...rows] = linksAsCsv(links).trimEnd().split('\r\n')
  expect(header).toBe('labeller,link')
  expect(rows.map((row) => row.split(','))).toEqual(
    links.map(({ labeller, link }) => [String(labeller), link]),
  )
})
