/** Collector for tests: a nats-server on a free port with the keys and the stream of a study. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jetstreamManager, type StreamState } from '@nats-io/jetstream'
import { connectPublisher, connectReader } from '../../../collector/connect.ts'
import type { CollectorAccess } from '../../../collector/credentials.ts'
import {
  type CollectorSeeds,
  createLabeller,
  createResearcher,
  createSeeds,
  type IssuedUser,
  type ServedCollector,
  serverTokens,
} from '../../../collector/identities.ts'
import { type CollectorLimits, limitsOf } from '../../../collector/limits.ts'
import type { Publisher } from '../../../collector/publisher.ts'
import { readEverything, type StoredMessages } from '../../../collector/read-everything.ts'
import { streamName } from '../../../collector/subjects.ts'
import type { Study } from '../../../study/index.ts'
import { type NatsServer, startNats } from '../../nats/server.ts'
import { connectOwner, dialTcp } from '../connect.ts'
import { serverConfig } from '../server-config.ts'
import { ensureStream } from '../stream.ts'

export class TestCollector {
  readonly study: Study
  readonly seeds: CollectorSeeds
  readonly limits: CollectorLimits
  readonly dir: string
  #server: NatsServer

  private constructor(
    study: Study,
    seeds: CollectorSeeds,
    limits: CollectorLimits,
    dir: string,
    server: NatsServer,
  ) {
    this.study = study
    this.seeds = seeds
    this.limits = limits
    this.dir = dir
    this.#server = server
  }

  static async start(study: Study, limits: Partial<CollectorLimits> = {}): Promise<TestCollector> {
    const dir = await mkdtemp(join(tmpdir(), 'jumppad-collector-'))
    const seeds = createSeeds()
    const all = { ...limitsOf(study), ...limits }
    const server = await startServer(dir, { study: study.id, seeds, limits: all, revoked: {} })
    const collector = new TestCollector(study, seeds, all, dir, server)
    const owner = await connectOwner([collector.url], seeds)
    await ensureStream(owner, study.id, all, 1)
    await owner.close()
    return collector
  }

  get url(): string {
    return this.#server.url
  }

  labeller(labeller: number): Promise<IssuedUser> {
    return createLabeller(this.seeds, this.study, { ...this.#now(), labeller })
  }

  researcher(): Promise<IssuedUser> {
    return createResearcher(this.seeds, this.study, this.#now())
  }

  publisher(labeller: number, user: Omit<CollectorAccess, 'url'>): Promise<Publisher> {
    return connectPublisher(
      { url: 'collector', jwt: user.jwt, seed: user.seed },
      { study: this.study.id, labeller },
      { page: 'http://localhost/', dial: dialTcp([this.url]) },
    )
  }

  async reader() {
    const { jwt, seed } = await this.researcher()
    const options = { page: 'http://localhost/', dial: dialTcp([this.url]) }
    return connectReader({ url: 'collector', jwt, seed }, this.study.id, options)
  }

  /** Reads everything that is stored. */
  async stored(): Promise<StoredMessages> {
    const reader = await this.reader()
    try {
      return await readEverything(reader)
    } finally {
      await reader.close()
    }
  }

  /** Returns the state of the stream. */
  async state(): Promise<StreamState> {
    const owner = await connectOwner([this.url], this.seeds)
    try {
      const { streams } = await jetstreamManager(owner)
      return (await streams.info(streamName(this.study.id))).state
    } finally {
      await owner.close()
    }
  }

  /** Ends the server as a crash would. */
  async kill(): Promise<void> {
    await this.#server.kill()
  }

  /** Starts the server again, at the same address and on the same data. */
  async restart(): Promise<void> {
    const port = Number(new URL(this.url).port)
    const { study, seeds, limits } = this
    const served = { study: study.id, seeds, limits, revoked: {} }
    this.#server = await startServer(this.dir, served, port)
  }

  async remove(): Promise<void> {
    await this.#server.kill()
    await rm(this.dir, { recursive: true, force: true })
  }

  #now() {
    return { limits: this.limits, now: Date.now() }
  }
}

async function startServer(dir: string, served: ServedCollector, port = -1): Promise<NatsServer> {
  const config = serverConfig({
    name: 'test',
    tokens: await serverTokens(served),
    tokenFolder: join(dir, 'tokens'),
    webSocket: { host: '127.0.0.1', port: -1 },
  })
  return startNats({ dir, port, config })
}
