import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeAccess } from '../../collector/access.ts'
import { connectPublisher, connectReader } from '../../collector/connect.ts'
import { decodeInvitation } from '../../collector/invitation.ts'
import type { Publisher } from '../../collector/publisher.ts'
import { decodeArchive } from '../../storage/archive/index.ts'
import { decodeResult } from '../../storage/study-files/index.ts'
import type { LabellerMessage } from '../../study/index.ts'
import {
  madeUpBeginning,
  madeUpLabelling,
  madeUpMessage,
} from '../../study/testing/made-up-messages.ts'
import { madeUpPreparedStudy } from '../../study/testing/made-up-study.ts'
import { lab } from '../testing/run-lab.ts'
import { dialTcp } from './connect.ts'
import { studyText } from './files.ts'
import { StudyFolder } from './folder.ts'
import { openFolder } from './serve.ts'
import { keepServers, prepareStream, serversOf, withServers } from './servers.ts'
import { readStoredLog } from './stored.ts'

const study = madeUpPreparedStudy()
const root = mkdtempSync(join(tmpdir(), 'jumppad-served-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const file = join(root, 'study.json')
const dir = join(root, 'study-study')
const options = { models: 'models' }

/** Serves the study without its web server while `work` runs. */
async function whileServed(work: (said: string[]) => Promise<void>): Promise<void> {
  const ended = new AbortController()
  const said: string[] = []
  const folder = await openFolder(file, options)
  let served: Promise<void> = Promise.resolve()
  await new Promise<void>((resolve, reject) => {
    const ready = async () => resolve()
    served = keepServers(folder, { ready, say: (text) => said.push(text) }, ended.signal)
    served.catch(reject)
  })
  try {
    await work(said)
  } finally {
    ended.abort()
    await served
  }
}

async function invitations(): Promise<Map<number, string>> {
  const rows = readFileSync(join(dir, 'invitations.csv'), 'utf8').trim().split('\r\n').slice(1)
  return new Map(rows.map((row) => [Number(row.split(',')[0]), row.slice(row.indexOf(',') + 1)]))
}

/** Connects as the page does that a link opens. */
async function accept(link: string): Promise<Publisher> {
  const text = new URL(link).hash.split('invitation=')[1] ?? ''
  const { collector, study: of, labeller } = decodeInvitation(text)
  if (collector === undefined) throw new Error('The invitation has no collector')
  const dial = dialTcp(serversOf(await StudyFolder.open(dir)))
  return connectPublisher(
    collector,
    { study: of.id, labeller },
    { page: 'http://localhost/', dial },
  )
}

async function publish(link: string, messages: readonly LabellerMessage[]): Promise<void> {
  const publisher = await accept(link)
  for (const message of messages) await publisher.publish(message)
  await publisher.close()
}

async function who(labeller: number, slot = labeller) {
  const { digest } = (await StudyFolder.open(dir)).state.study
  return { study, digest, labeller, slot }
}

/** Returns all messages of a labeller. */
async function answersOf(labeller: number, slot = labeller): Promise<LabellerMessage[]> {
  return madeUpLabelling(await who(labeller, slot), () => 'first')
}

beforeAll(async () => {
  writeFileSync(file, studyText(study))
  await openFolder(file, options)
  await lab('study', 'invite', dir, '--number', '1')
})

describe('the folder of a study', () => {
  it('keeps its keys and invitations, which only their owner can read', async () => {
    const before = readFileSync(join(dir, 'keys.json'), 'utf8')
    await openFolder(file, options)
    expect(readFileSync(join(dir, 'keys.json'), 'utf8')).toBe(before)
    expect((await invitations()).size).toBe(7)
    const modeOf = (path: string) => statSync(path).mode & 0o777
    expect(modeOf(dir)).toBe(0o700)
    for (const name of ['keys.json', 'invitations.csv', 'invitations.html']) {
      expect(modeOf(join(dir, name)), name).toBe(0o600)
    }
  })

  it('refuses a study file that was changed, and one of another study', async () => {
    const changed = join(root, 'changed.json')
    writeFileSync(changed, studyText({ ...study, question: 'Which is nicer?' }))
    await expect(openFolder(changed, { ...options, dir })).rejects.toThrow('was changed since')
    writeFileSync(changed, studyText({ ...study, id: '00000000-0000-4000-8000-0000000000aa' }))
    await expect(openFolder(changed, { ...options, dir })).rejects.toThrow('holds another study')
    const { material: _, ...settings } = study
    writeFileSync(changed, studyText(settings))
    await expect(openFolder(changed, { ...options, dir })).resolves.toBeInstanceOf(StudyFolder)
  })

  it('is named in a sentence where it is none, or damaged', async () => {
    expect(await lab('study', 'status', root)).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not the folder of a study'),
    })
    const copy = join(root, 'copy-study')
    const other = join(root, 'copy.json')
    writeFileSync(other, studyText(study))
    await openFolder(other, options)
    writeFileSync(join(copy, 'keys.json'), '{}')
    expect(await lab('study', 'export', copy)).toMatchObject({
      code: 2,
      err: expect.stringContaining('is damaged or from another release'),
    })
  })
})

describe('a folder that exists', () => {
  it('is not made that of a study if it has other files', async () => {
    const notes = join(root, 'notes')
    mkdirSync(notes, { mode: 0o755 })
    await openFolder(file, { ...options, dir: join(notes, 'empty') })
    const before = statSync(notes).mode
    await expect(openFolder(file, { ...options, dir: notes })).rejects.toThrow('has other files')
    expect(statSync(notes).mode).toBe(before)
    expect(existsSync(join(notes, 'study.json'))).toBe(false)
  })

  it('is made that of a study if only that was interrupted before', async () => {
    const begun = join(root, 'begun')
    await openFolder(file, { ...options, dir: begun })
    for (const name of ['keys.json', 'invitations.csv', 'invitations.html']) {
      rmSync(join(begun, name), { force: true })
    }
    const { pid } = spawnSync(process.execPath, ['--version'])
    writeFileSync(join(begun, 'keys.lock'), JSON.stringify({ pid, use: 'command' }))
    const folder = await openFolder(file, { ...options, dir: begun })
    expect(folder.state.labellers).toHaveLength(study.design.labellers)
    rmSync(join(begun, 'keys.json'))
    writeFileSync(join(begun, 'study.json'), studyText({ ...study, title: 'Another' }))
    await expect(openFolder(file, { ...options, dir: begun })).rejects.toThrow('has other files')
  })
})

describe('invitations that are made at once', () => {
  it('have different numbers', async () => {
    const copy = join(root, 'at-once.json')
    writeFileSync(copy, studyText(study))
    const { dir: at } = await openFolder(copy, options)
    const invited = await Promise.all(
      [1, 2, 3].map(async () => (await StudyFolder.open(at)).invite(2)),
    )
    const numbers = invited.flat().map(({ number }) => number)
    expect(numbers.toSorted((a, b) => a - b)).toEqual([7, 8, 9, 10, 11, 12])
  })
})

describe('a study that is served', () => {
  it('exports what was sent, each label once, while it is served and later', async () => {
    const sent = await answersOf(1)
    const labels = sent.flatMap((message) => (message.kind === 'label' ? [message.label] : []))
    let during = ''
    await whileServed(async () => {
      const links = await invitations()
      await publish(links.get(1) ?? '', sent)
      await publish(links.get(1) ?? '', sent)
      const left = await who(2)
      await publish(links.get(2) ?? '', [
        ...(await answersOf(2)),
        madeUpMessage<'withdrawn'>(left, 'gone', { kind: 'withdrawn' }),
      ])
      during = (await lab('study', 'export', dir)).out
    })
    const { code, out, err } = await lab('study', 'export', dir, '--format', 'jsonl')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const text of [during, out]) {
      const archive = decodeArchive(new TextEncoder().encode(text))
      expect(archive.labels).toEqual(labels)
      expect(archive.sessions).toHaveLength(1)
    }
    const aggregated = await lab('study', 'export', dir, ...['--format', 'result-jsonl'])
    const result = await decodeResult(new TextEncoder().encode(aggregated.out))
    expect(result).toMatchObject({ method: 'majority', sittings: { counted: 1, withdrawn: 1 } })
    expect(result.comparisons).toHaveLength(labels.filter(({ kind }) => kind === 'fresh').length)
  })

  it('has one server at a time, whatever commands start at once', async () => {
    let running = 0
    const counts: number[] = []
    const command = async () => {
      const folder = await StudyFolder.open(dir)
      await withServers(folder, async () => {
        counts.push(++running)
        await prepareStream(folder)
        running--
      })
    }
    const sent = await answersOf(1)
    const serve = async () => {
      await whileServed(async () => publish((await invitations()).get(1) ?? '', sent))
    }
    await Promise.all([command(), command(), command()])
    expect(counts).toEqual([1, 1, 1])
    await Promise.all([command(), serve(), command()])
    const { log } = await readStoredLog(await StudyFolder.open(dir))
    const labels = sent.filter(({ kind }) => kind === 'label').length
    const own = log.sittings.filter(({ labeller }) => labeller === 1)
    expect(own.map((sitting) => sitting.log.length)).toEqual([labels])
    expect(existsSync(join(dir, 'nats.lock'))).toBe(false)
  })

  it('goes on when the command that had locked it was killed', async () => {
    const ended = spawnSync(process.execPath, ['--version'])
    writeFileSync(join(dir, 'nats.lock'), JSON.stringify({ pid: ended.pid, use: 'serve' }))
    writeFileSync(join(dir, 'keys.lock'), JSON.stringify({ pid: ended.pid, use: 'command' }))
    await whileServed(async () => {
      const folder = await StudyFolder.open(dir)
      await folder.change(() => ({}))
    })
    expect(existsSync(join(dir, 'nats.lock'))).toBe(false)
  })

  it('says who has answered, and hands on the place of somebody who has not', async () => {
    await whileServed(async () => {
      await publish((await invitations()).get(3) ?? '', [madeUpBeginning(await who(3))])
      const { out } = await lab('study', 'status', dir)
      expect(out).toMatch(/ 1 {2}finished, 12 of 12\n/)
      expect(out).toMatch(/ 2 {2}withdrawn/)
      expect(out).toMatch(/ 3 {2}answering, 0 of 12\n/)
      expect(out).toMatch(/ 4 {2}not opened\n/)
      expect(out).toMatch(/ 7 {2}not opened\n/)
      expect(out).toContain('Nobody has taken the places of 2, 4, 5, 6.')
      const handed = await lab('study', 'invite', dir, '--in-place-of', '4')
      expect(handed.out).toContain(
        'labeller 4, who has sent nothing, is revoked. It takes effect at once.',
      )
      expect((await lab('study', 'status', dir)).out).toContain('the places of 2, 5, 6, 8.')
      const withdrawn = await lab('study', 'invite', dir, '--in-place-of', '2')
      expect(withdrawn.out).toContain('labeller 2, who has withdrawn, is revoked')
      const links = await invitations()
      expect(links.has(4)).toBe(false)
      await publish(links.get(8) ?? '', await answersOf(8, 4))
      const after = (await lab('study', 'status', dir)).out
      expect(after).toMatch(/ 4 {2}handed on, revoked\n/)
      expect(after).toMatch(/ 8 {2}finished, 12 of 12\n/)
      const again = await lab('study', 'invite', dir, '--in-place-of', '1')
      expect(again).toMatchObject({ code: 2, err: expect.stringContaining('place is taken') })
    })
  })

  it('locks out at once who is revoked, and keeps what was sent', async () => {
    const link = (await invitations()).get(5) ?? ''
    const [begun, label] = await answersOf(5)
    if (begun === undefined || label === undefined) throw new Error('A labeller sends nothing')
    await whileServed(async () => {
      const publisher = await accept(link)
      await publisher.publish(begun)
      const { out } = await lab('study', 'revoke', dir, '5')
      expect(out).toContain('It takes effect at once.')
      await expect(publisher.publish(label)).rejects.toMatchObject({ refusal: 'revoked' })
      await publisher.close()
    })
    await whileServed(async () => {
      await expect(accept(link)).rejects.toMatchObject({ refusal: 'revoked' })
      expect((await lab('study', 'status', dir)).out).toMatch(/ 5 {2}answering, 0 of 12, revoked\n/)
    })
  })

  it('locks out who was revoked while it was not served', async () => {
    const link = (await invitations()).get(6) ?? ''
    const { out } = await lab('study', 'revoke', dir, '6')
    expect(out).toContain('It takes effect when the study is served again.')
    await whileServed(async () => {
      await expect(accept(link)).rejects.toMatchObject({ refusal: 'revoked' })
    })
  })

  it('deletes what a labeller has sent, and nothing else', async () => {
    const { out } = await lab('study', 'remove', dir, '3')
    expect(out).toContain('labeller 3 had sent (messages: 1)')
    const after = (await lab('study', 'status', dir)).out
    expect(after).toMatch(/ 3 {2}not opened, revoked\n/)
    expect(after).toMatch(/ 1 {2}finished, 12 of 12\n/)
  })

  it('replaces the researcher’s link', async () => {
    const renewed = async () => {
      const { out } = await lab('study', 'renew', dir)
      return decodeAccess(/access=(\S+)/.exec(out)?.[1] ?? '')
    }
    await whileServed(async () => {
      const dial = dialTcp(serversOf(await StudyFolder.open(dir)))
      const open = (access: Awaited<ReturnType<typeof renewed>>) =>
        connectReader(access, access.study.id, { page: 'http://localhost/', dial })
      const follow = async (reader: Awaited<ReturnType<typeof open>>) => {
        const ended = new AbortController()
        const ignore = () => {}
        const on = { messages: ignore, refused: ignore, away: ignore }
        await reader.follow({ ...on, caughtUp: () => ended.abort() }, ended.signal)
      }
      const first = await open(await renewed())
      await follow(first)
      const second = await open(await renewed())
      await expect(follow(first)).rejects.toMatchObject({ refusal: 'revoked' })
      await follow(second)
      await Promise.all([first.close(), second.close()])
    })
  })

  it('starts its server again when that ends, and connections go on', async () => {
    await whileServed(async (said) => {
      const publisher = await accept((await invitations()).get(7) ?? '')
      const [begun, label] = await answersOf(7)
      if (begun === undefined || label === undefined) throw new Error('A labeller sends nothing')
      await publisher.publish(begun)
      process.kill(Number(readFileSync(join(dir, 'nats', 'pid'), 'utf8')), 'SIGKILL')
      await publisher.publish(label)
      expect(said[0]).toContain('is started again')
      await publisher.close()
      expect((await lab('study', 'status', dir)).out).toMatch(/ 7 {2}answering, 1 of 12\n/)
    })
  })
})
