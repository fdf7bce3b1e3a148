import { describe, expect, it } from 'vitest'
import type { Invitation } from '../../collector/invitation.ts'
import { studyDigest } from '../../collector/study-digest.ts'
import { madeUpPreparedStudy, madeUpStudy } from '../../study/testing/made-up-study.ts'
import { opennessOf, openStudy, serverTimeOf } from './open-study.ts'
import { madeUpInvitation } from './testing/made-up-sitting.ts'

const study = madeUpPreparedStudy()
const PAGE = 'https://lab.example/jumppad/#/label'

/** Returns a server that answers every request like this, and notes the addresses asked for. */
function server(answer: () => Response | Promise<Response>) {
  const asked: string[] = []
  return {
    asked,
    page: PAGE,
    fetch: (async (address: RequestInfo | URL) => {
      asked.push(String(address))
      return answer()
    }) as typeof fetch,
  }
}

async function invitationTo(file: Parameters<typeof studyDigest>[0]): Promise<Invitation> {
  const invitation = madeUpInvitation(study)
  return { ...invitation, study: { id: file.id, digest: await studyDigest(file) } }
}

describe('opening the study of an invitation', () => {
  it('reads it from the invitation, or from the address in it, with the time there', async () => {
    const invitation = await invitationTo(study)
    const { from: _from, ...rest } = invitation
    const nobody = server(() => Promise.reject(new TypeError('No server was expected.')))
    const inline = await openStudy({ ...rest, inline: study }, nobody)
    expect(inline).toEqual({ study, serverTime: undefined })
    const date = 'Sun, 29 Nov 2026 12:00:00 GMT'
    const there = server(() => Response.json(study, { headers: { Date: date } }))
    expect(await openStudy(invitation, there)).toEqual({ study, serverTime: Date.parse(date) })
    expect(there.asked).toEqual(['https://lab.example/jumppad/study.json'])
    expect(await serverTimeOf(invitation, there)).toBe(Date.parse(date))
    expect(await serverTimeOf(invitation, nobody)).toBeUndefined()
  })

  const damaged = { ...study, material: { ...study.material, pairs: [] } }
  const unplayable = {
    ...study,
    material: {
      ...study.material,
      episodes: study.material.episodes.map((episode, n) => ({ ...episode, seed: 99 + n })),
    },
  }
  it.each<[string, () => Response | Promise<Response>, RegExp, boolean]>([
    [
      'that is out of reach',
      () => Promise.reject(new TypeError()),
      /from lab\.example: check/,
      true,
    ],
    ['of a failing server', () => new Response('', { status: 503 }), /could not be loaded/, true],
    ['that is gone', () => new Response('', { status: 404 }), /no longer at lab\.example/, false],
    [
      'that is a web page',
      () => new Response('<html>'),
      /with this reason: “The study file is/,
      false,
    ],
    [
      'that is damaged',
      () => Response.json(damaged),
      /with this reason: “The study file cannot/,
      false,
    ],
    [
      'of another invitation',
      () => Response.json({ ...study, title: 'x' }),
      /was changed after/,
      false,
    ],
    ['of a newer release', () => Response.json({ ...study, version: 3 }), /a newer Jumppad/, false],
  ])('explains a study %s', async (_, answer, sentence, isTransient) => {
    const opening = openStudy(await invitationTo(study), server(answer))
    await expect(opening).rejects.toMatchObject({
      name: 'StudyOpeningError',
      message: expect.stringMatching(sentence),
      isTransient,
    })
  })

  it('explains a study without clips, or whose clips cannot be replayed', async () => {
    const bare = madeUpStudy()
    const empty = openStudy(
      await invitationTo(bare),
      server(() => Response.json(bare)),
    )
    await expect(empty).rejects.toThrow('The study is not ready yet')
    const lost = await invitationTo(unplayable)
    const opening = openStudy(
      lost,
      server(() => Response.json(unplayable)),
    )
    await expect(opening).rejects.toThrow('cannot be replayed')
    const nowhere = { ...(await invitationTo(study)), from: 'file:///etc/passwd' }
    await expect(
      openStudy(
        nowhere,
        server(() => new Response()),
      ),
    ).rejects.toThrow('is not one of a site: ask the researcher')
  })
})

it('says whether a study is open at a time', () => {
  const dates = { opens: '2026-12-01T08:00:00.000Z', closes: '2026-12-24T18:00:00.000Z' }
  const at = (time: string) => opennessOf(madeUpStudy(dates), Date.parse(time))
  expect(at('2026-12-01T07:59:59.999Z')).toEqual({ is: 'not open yet', date: dates.opens })
  expect(at(dates.opens)).toEqual({ is: 'open' })
  expect(at(dates.closes)).toEqual({ is: 'closed', date: dates.closes })
  expect(opennessOf(madeUpStudy(), 0)).toEqual({ is: 'open' })
})
