import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { UsageError } from '../errors.ts'
import { connectNats } from './connect.ts'
import { startNats } from './server.ts'

let folder = ''
let mute: Server

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jumppad-nats-'))
  // Listens, but is no NATS server.
  mute = createServer((socket) => socket.resume()).listen(0, '127.0.0.1')
})

afterEach(() => {
  vi.unstubAllEnvs()
})

afterAll(async () => {
  mute.close()
  await rm(folder, { recursive: true })
})

it('keeps what a stream has acknowledged when the server is killed', async () => {
  const dir = join(folder, 'killed')
  const first = await startNats({ dir })
  const connection = await connectNats({ url: first.url })
  const manager = await jetstreamManager(connection)
  await manager.streams.add({ name: 'KEPT', subjects: ['kept'] })
  await jetstream(connection).publish('kept', 'a message')
  await first.kill()
  const second = await startNats({ dir, port: Number(new URL(first.url).port) })
  expect(second.url).toBe(first.url)
  // The connection is the first one, which has found the server again.
  await vi.waitFor(async () => expect(await connection.rtt()).toBeGreaterThan(0), 20_000)
  expect((await manager.streams.getMessage('KEPT', { seq: 1 }))?.string()).toBe('a message')
  await connection.close()
  await second.stop()
})

it('says how to install a missing server, and why another did not start', async () => {
  vi.stubEnv('NATS_SERVER_PATH', join(folder, 'nowhere'))
  const missing = startNats({ dir: join(folder, 'missing') })
  await expect(missing).rejects.toThrow(
    /could not be started \(was not found\).*sudo apt install nats-server/,
  )
  await expect(missing).rejects.toBeInstanceOf(UsageError)
  vi.unstubAllEnvs()
  const wrong = startNats({ dir: join(folder, 'wrong'), config: 'no_such_setting: 1' })
  await expect(wrong).rejects.toThrow(/ended before it was ready.*no_such_setting/)
})

it('writes each message to the disk at once where the server’s version can', async () => {
  const fake = join(folder, 'fake-nats-server')
  vi.stubEnv('NATS_SERVER_PATH', fake)
  for (const [version, expected] of [
    ['v2.9.25', false],
    ['v2.10.0', true],
    ['v2.12.1', true],
  ] as const) {
    const lines = [
      '#!/bin/sh',
      `if [ "$1" = --version ]; then echo "nats-server: ${version}"; exit; fi`,
      'echo "Server is ready" >&2',
      'exec sleep 60',
    ]
    await writeFile(fake, `${lines.join('\n')}\n`, { mode: 0o700 })
    const dir = join(folder, version)
    const server = await startNats({ dir, sync: true })
    await server.stop()
    const config = await readFile(join(dir, 'nats-server.conf'), 'utf8')
    expect(config.includes('sync_interval: always')).toBe(expected)
  }
})

it('says in one sentence what is wrong with an address or its credentials', async () => {
  const guarded = await startNats({
    dir: join(folder, 'guarded'),
    config: 'authorization { user: ada, password: "p@ss" }',
  })
  const host = guarded.url.replace('nats://', '')
  const address = mute.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const wrong: [string, string | undefined, RegExp][] = [
    [
      'localhost:4222',
      undefined,
      /"localhost:4222" is not the address.*expected nats:\/\/host:port/,
    ],
    ['http://127.0.0.1', undefined, /not the address/],
    ['nats://127.0.0.1:1', undefined, /no NATS server can be reached \(connection refused\)/],
    [`nats://127.0.0.1:${port}`, undefined, /does not answer as a NATS server/],
    [guarded.url, undefined, /refuses these credentials/],
    [`nats://ada:secret@${host}`, undefined, /^nats:\/\/127\.0\.0\.1:\d+: the server refuses/],
    [guarded.url, join(folder, 'no.creds'), /no\.creds cannot be read/],
  ]
  for (const [url, credentials, sentence] of wrong) {
    const connecting = connectNats({ url, credentials })
    await expect(connecting).rejects.toThrow(sentence)
    await expect(connecting).rejects.toBeInstanceOf(UsageError)
  }
  const connection = await connectNats({ url: `nats://ada:p%40ss@${host}` })
  await connection.close()
  await guarded.stop()
})
