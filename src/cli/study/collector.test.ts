import { createServer as createHttpServer } from 'node:http'
import { createServer, type Server } from 'node:net'
import { jetstreamManager } from '@nats-io/jetstream'
import { createAccount, createUser, encodeUser } from '@nats-io/jwt'
import { AuthorizationError, jwtAuthenticator, type NatsConnection } from '@nats-io/nats-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectPublisher } from '../../collector/connect.ts'
import type { IssuedUser, UserCredentials } from '../../collector/identities.ts'
import type { Dial } from '../../collector/link.ts'
import { AwayError, type Publisher } from '../../collector/publisher.ts'
import {
  inboxPrefix,
  labellerSubject,
  researcherSubject,
  streamName,
} from '../../collector/subjects.ts'
import {
  type LabellerMessage,
  type ResearcherMessage,
  readStudyLog,
  type StudyMessage,
} from '../../study/index.ts'
import {
  MADE_UP_DIGEST,
  madeUpBeginning,
  madeUpLabelling,
} from '../../study/testing/made-up-messages.ts'
import { madeUpPreparedStudy } from '../../study/testing/made-up-study.ts'
import { connectOwner, dialTcp } from './connect.ts'
import { TestCollector } from './testing/test-collector.ts'

const study = madeUpPreparedStudy()

function answersOf(labeller: number): LabellerMessage[] {
  return madeUpLabelling({ study, labeller }, () => 'first')
}

function decision(id: string): ResearcherMessage {
  const { first = '', second = '' } = study.material.pairs[0] ?? {}
  const at = '2026-10-05T10:00:00.000Z'
  const about = { kind: 'decision', first, second, verdict: 'tie', note: '' } as const
  return { version: 1, id, study: study.id, at, ...about }
}

/** Connects with credentials alone, as somebody might who writes a client of their own. */
function connectRaw(collector: TestCollector, user: IssuedUser): Promise<NatsConnection> {
  return dialTcp([collector.url])({
    authenticator: jwtAuthenticator(user.jwt, new TextEncoder().encode(user.seed)),
    inboxPrefix: inboxPrefix(user.publicKey),
  })
}

async function publishAll(publisher: Publisher, messages: readonly LabellerMessage[]) {
  for (const message of messages) await publisher.publish(message)
}

/** Resolves to the error with which a promise rejects. */
function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'nothing',
    (reason: unknown) => reason,
  )
}

function refused(refusal: string, sentence: string) {
  return expect.objectContaining({
    name: 'RefusedError',
    refusal,
    message: expect.stringContaining(sentence),
  })
}

describe('a collector', () => {
  let collector: TestCollector
  beforeAll(async () => {
    collector = await TestCollector.start(study)
  })
  afterAll(() => collector.remove())

  it('stores each message once and hands it on to the researcher', async () => {
    const reader = await collector.reader()
    const live: StudyMessage[] = []
    const ended = new AbortController()
    const ignore = () => {}
    const following = reader.follow(
      {
        messages: (part) => live.push(...part),
        caughtUp: ignore,
        refused: ignore,
        away: ignore,
      },
      ended.signal,
    )
    const publisher = await collector.publisher(1, await collector.labeller(1))
    const sent = answersOf(1)
    await publishAll(publisher, sent)
    await publishAll(publisher, sent)
    await reader.publish(decision('a decision'))
    await expect.poll(() => live.length).toBe(sent.length + 1)
    ended.abort()
    await following
    await Promise.all([publisher.close(), reader.close()])
    expect(live).toEqual([...sent, decision('a decision')])
    expect(await collector.stored()).toEqual({ messages: live, refused: 0 })
  })

  it('lets a labeller publish on no other subject, and read nothing', async () => {
    const user = await collector.labeller(2)
    const connection = await connectRaw(collector, user)
    const violation = 'Permissions Violation'
    const own = await connection.request(labellerSubject(study.id, 2), '{}')
    expect(own.json()).toMatchObject({ stream: streamName(study.id) })
    for (const subject of [labellerSubject(study.id, 3), researcherSubject(study.id, 'x')]) {
      await expect(connection.request(subject, '{}')).rejects.toThrow(violation)
    }
    const { streams } = await jetstreamManager(connection, { checkAPI: false })
    await expect(streams.info(streamName(study.id))).rejects.toThrow(violation)
    await expect(streams.getMessage(streamName(study.id), { seq: 1 })).rejects.toThrow(violation)
    const overheard = connection.subscribe('labels.>')
    await expect(overheard[Symbol.asyncIterator]().next()).rejects.toThrow(violation)
    await connection.close()
  })

  it('stores nothing and deletes nothing where a labeller has acknowledgements sent to', async () => {
    const connection = await connectRaw(collector, await collector.labeller(9))
    const own = labellerSubject(study.id, 9)
    const stream = streamName(study.id)
    const before = (await collector.state()).messages
    const hostile = [
      ...['PURGE', 'DELETE', 'MSG.DELETE', 'UPDATE'].map(
        (call) => `$JS.API.STREAM.${call}.${stream}`,
      ),
      `$JS.API.CONSUMER.CREATE.${stream}`,
      ...[labellerSubject(study.id, 2), labellerSubject(study.id, 10), own],
      researcherSubject(study.id, 'x'),
    ]
    for (const reply of hostile) connection.publish(own, 'a message', { reply })
    await connection.request(own, 'the last message')
    await connection.close()
    const { refused: strange } = await collector.stored()
    expect(strange).toBeGreaterThan(hostile.length)
    expect((await collector.state()).messages).toBe(before + hostile.length + 1)
  })

  it('lets nobody purge what is stored', async () => {
    const owner = await connectOwner([collector.url], collector.seeds)
    const { streams } = await jetstreamManager(owner)
    await expect(streams.purge(streamName(study.id))).rejects.toThrow('purge')
    await owner.close()
  })

  it('lets the researcher publish no labels, and change nothing that is stored', async () => {
    const connection = await connectRaw(collector, await collector.researcher())
    const violation = 'Permissions Violation'
    const { streams } = await jetstreamManager(connection, { checkAPI: false })
    const stream = streamName(study.id)
    await expect(connection.request(labellerSubject(study.id, 1), '{}')).rejects.toThrow(violation)
    await expect(streams.purge(stream)).rejects.toThrow(violation)
    await expect(streams.delete(stream)).rejects.toThrow(violation)
    await expect(streams.update(stream, { max_bytes: 1 })).rejects.toThrow(violation)
    await connection.close()
  })

  it('counts what is not a message of the labeller whose subject it is on', async () => {
    const connection = await connectRaw(collector, await collector.labeller(4))
    const before = await collector.stored()
    const strange = [
      'not JSON',
      madeUpBeginning({ study, labeller: 5 }),
      { ...madeUpBeginning({ study, labeller: 4 }), study: '00000000-0000-4000-8000-00000000abcd' },
      decision('by a labeller'),
    ]
    for (const message of strange) {
      await connection.request(labellerSubject(study.id, 4), JSON.stringify(message))
    }
    await connection.close()
    const after = await collector.stored()
    expect(after.messages).toEqual(before.messages)
    expect(after.refused).toBe(before.refused + strange.length)
  })

  it('refuses credentials that expired, were changed or belong to others, with a sentence', async () => {
    const seconds = Math.floor(Date.now() / 1000)
    const mine = await collector.labeller(6)
    const other = await collector.labeller(7)
    const subject = { pub: { allow: [labellerSubject(study.id, 6)] } }
    const sign = async (issuer: Parameters<typeof encodeUser>[2], exp: number) => {
      const user = createUser()
      const seed = new TextDecoder().decode(user.getSeed())
      return { jwt: await encodeUser('x', user, issuer, subject, { exp }), seed }
    }
    const account = new TextEncoder().encode(collector.seeds.labellers)
    const as6 = (user: UserCredentials) => rejection(collector.publisher(6, user))
    expect(await as6(await sign(account, seconds - 60))).toEqual(
      refused('expired', 'expired on 20'),
    )
    expect(await as6(await sign(createAccount(), seconds + 60))).toEqual(
      refused('revoked', 'does not accept this invitation'),
    )
    expect(await as6({ ...mine, seed: other.seed })).toEqual(refused('foreign', 'were changed'))
    expect(await as6({ ...mine, jwt: `${mine.jwt.slice(0, -4)}AAAA` })).toEqual(
      refused('foreign', 'were changed'),
    )
    expect(await as6(other)).toEqual(refused('foreign', 'another study or labeller'))
  })

  it('tries once more where a server that starts refuses', async () => {
    const { jwt, seed } = await collector.labeller(6)
    const real = dialTcp([collector.url])
    let attempts = 0
    const dial: Dial = async (options) => {
      if (++attempts === 1) throw new AuthorizationError('Authorization Violation')
      return real(options)
    }
    const access = { url: 'collector', jwt, seed }
    const labeller = { study: study.id, labeller: 6 }
    const publisher = await connectPublisher(access, labeller, { page: 'http://localhost/', dial })
    expect(attempts).toBe(2)
    await publisher.close()
  })

  it('refuses messages that are too large without dropping the connection', async () => {
    const publisher = await collector.publisher(8, await collector.labeller(8))
    const [begun] = answersOf(8)
    if (begun === undefined) throw new Error('A labeller sends nothing')
    const large = { ...begun, id: 'x'.repeat(9000) }
    expect(await rejection(publisher.publish(large))).toEqual(refused('too large', 'accepts 8192'))
    await publisher.publish(begun)
    await publisher.close()
  })

  it('keeps what a labeller sends again after the duplicate window, and readers drop it', async () => {
    const owner = await connectOwner([collector.url], collector.seeds)
    const { streams } = await jetstreamManager(owner)
    const stream = streamName(study.id)
    const publisher = await collector.publisher(3, await collector.labeller(3))
    await streams.update(stream, { duplicate_window: 100_000_000 })
    const sent = answersOf(3)
    const [first] = sent
    if (first === undefined) throw new Error('A labeller sends nothing')
    await publishAll(publisher, sent)
    const { state } = await streams.info(stream)
    await expect
      .poll(async () => {
        await publisher.publish(first)
        return (await streams.info(stream)).state.messages
      })
      .toBeGreaterThan(state.messages)
    await Promise.all([publisher.close(), owner.close()])
    const { messages } = await collector.stored()
    const log = readStudyLog(study, MADE_UP_DIGEST, messages)
    const sittings = log.sittings.filter(({ labeller }) => labeller === 3)
    expect(sittings).toHaveLength(1)
    expect(sittings[0]?.log).toHaveLength(sent.length - 2)
  })
})

describe('a collector with little room', () => {
  it('refuses what exceeds the share of a labeller, and what exceeds its storage', async () => {
    const messagesPerLabeller = 3
    const collector = await TestCollector.start(study, { messagesPerLabeller, bytes: 8000 })
    try {
      const first = await collector.publisher(1, await collector.labeller(1))
      expect(await rejection(publishAll(first, answersOf(1)))).toEqual(
        refused('full', 'as many messages'),
      )
      const others = await Promise.all(
        [2, 3, 4].map(async (n) => collector.publisher(n, await collector.labeller(n))),
      )
      const found: unknown[] = []
      for (const [index, publisher] of others.entries()) {
        const few = answersOf(index + 2).slice(0, messagesPerLabeller)
        found.push(await rejection(publishAll(publisher, few)))
      }
      expect(found.at(-1)).toEqual(refused('full', 'storage for this study is full'))
      await Promise.all([first, ...others].map((publisher) => publisher.close()))
      expect((await collector.stored()).messages.length).toBeGreaterThanOrEqual(messagesPerLabeller)
    } finally {
      await collector.remove()
    }
  })
})

describe('a collector with as many connections as it accepts', () => {
  it('says so to who comes next, and accepts the next one when one has gone', async () => {
    const collector = await TestCollector.start(study, { connections: 1 })
    try {
      const first = await collector.publisher(1, await collector.labeller(1))
      const second = await collector.labeller(2)
      const dial: Dial = (options) => dialTcp([collector.url])({ ...options, timeout: 300 })
      const error = await rejection(
        connectPublisher(
          { url: 'collector', jwt: second.jwt, seed: second.seed },
          { study: study.id, labeller: 2 },
          { page: 'http://localhost/', dial },
        ),
      )
      expect(error).toBeInstanceOf(AwayError)
      expect(String(error)).toContain('too many connections')
      await first.close()
      const next = await collector.publisher(2, second)
      await next.close()
    } finally {
      await collector.remove()
    }
  })
})

describe('a collector that comes and goes', () => {
  it('has every acknowledged message once, and the connections recover by themselves', async () => {
    const collector = await TestCollector.start(study)
    try {
      const reader = await collector.reader()
      const read: StudyMessage[] = []
      const reasons: (string | undefined)[] = []
      const ended = new AbortController()
      const following = reader.follow(
        {
          messages: (part) => read.push(...part),
          caughtUp: () => {},
          refused: () => {},
          away: (reason) => reasons.push(reason),
        },
        ended.signal,
      )
      const publisher = await collector.publisher(1, await collector.labeller(1))
      const sent = answersOf(1)
      await publishAll(publisher, sent.slice(0, 4))
      await collector.kill()
      const waiting = publishAll(publisher, sent.slice(4, 5))
      await collector.restart()
      await waiting
      await publishAll(publisher, sent.slice(3))
      await expect.poll(() => read.length, { timeout: 60_000 }).toBe(sent.length)
      ended.abort()
      await following
      await Promise.all([publisher.close(), reader.close()])
      expect(read).toEqual(sent)
      expect((await collector.stored()).messages).toEqual(sent)
    } finally {
      await collector.remove()
    }
  })
})

describe('an address where there is no collector', () => {
  const servers: { close(): unknown }[] = []
  afterAll(() => {
    for (const server of servers) server.close()
  })

  it('gives a sentence for an HTTP server, a silent socket and nothing at all', async () => {
    const collector = await TestCollector.start(study)
    const user = await collector.labeller(1)
    await collector.remove()
    const connectTo = async (url: string) => {
      const dial: Dial = (options) => dialTcp([url])({ ...options, timeout: 300 })
      const access = { url: '', jwt: user.jwt, seed: user.seed }
      const labeller = { study: study.id, labeller: 1 }
      return connectPublisher(access, labeller, { page: 'http://localhost/', dial })
    }
    const http = await listening(createHttpServer((_, response) => response.end('hello')))
    const silent = await listening(createServer(() => {}))
    servers.push(http.server, silent.server)
    for (const [url, sentence] of [
      [http.url, 'does not answer as a collector'],
      [silent.url, 'does not answer as a collector'],
      [collector.url, 'cannot be reached'],
    ] as const) {
      const error = await rejection(connectTo(url))
      expect(error).toBeInstanceOf(AwayError)
      expect(String(error)).toContain(sentence)
    }
  })
})

async function listening(server: Server) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  return { server, url: `nats://127.0.0.1:${address.port}` }
}
