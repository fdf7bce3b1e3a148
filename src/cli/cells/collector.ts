/**
 * The collector of a sweep: a NATS server whose JetStream holds the queue of cells, their results
 * and the model files. Every subject contains the version of the code, so that a worker only ever
 * receives cells that it computes as the machine that asked would.
 */
import {
  type Consumer,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/nats-core'
import { oneSentence, UsageError } from '../errors.ts'
import { connectNats, type NatsAddress, persistently } from '../nats/connect.ts'
import type { CodeVersion } from './cell.ts'
import { versionToken } from './code-version.ts'
import {
  type CellResult,
  type CellTries,
  type PostedCell,
  readPosted,
  readResult,
  readTries,
} from './messages.ts'
import { ModelStore } from './model-store.ts'

const CELLS = 'JUMPPAD_CELLS'
const RESULTS = 'JUMPPAD_RESULTS'

/** Error code of a message that was not stored, for whatever reason. */
const NOT_STORED = 10077

/** Time in which workers answer whether they are there, milliseconds; a graph may block one for 0.7 s. */
const ANSWER_WAIT = 2000

/** Time without a heartbeat after which a cell is given to another worker, milliseconds. */
const PATIENCE = 30_000

/** Most cells that may be with workers at once. */
const MOST_WORKERS = 10_000

/** What is on the queue of one version, and who is there to take it. */
export interface QueueState {
  readonly running: number
  /** Number of workers that wait for a cell. */
  readonly idleWorkers: number
}

interface CollectorOptions extends NatsAddress {
  readonly version: CodeVersion
  /** Aborts everything that waits for a server that is away. */
  readonly signal: AbortSignal
  /** Time without a heartbeat after which a cell is given to another worker, milliseconds. */
  readonly patience?: number
}

export class Collector {
  readonly connection: NatsConnection
  readonly version: CodeVersion
  readonly models: ModelStore
  readonly #signal: AbortSignal
  readonly #client: JetStreamClient
  readonly #manager: JetStreamManager

  private constructor(
    { version, signal }: CollectorOptions,
    connection: NatsConnection,
    manager: JetStreamManager,
    models: ModelStore,
  ) {
    this.version = version
    this.connection = connection
    this.models = models
    this.#signal = signal
    this.#client = jetstream(connection)
    this.#manager = manager
  }

  /** Connects to a collector, and sets up its streams if it is new. */
  static async open(options: CollectorOptions): Promise<Collector> {
    const connection = await connectNats(options)
    try {
      const manager = await jetstreamManager(connection)
      await setUp(manager, options.version, options.patience ?? PATIENCE)
      return new Collector(options, connection, manager, await ModelStore.open(connection))
    } catch (error) {
      await connection.close()
      throw new UsageError(
        `The server at ${connection.getServer()} cannot hold a sweep (${oneSentence(error)}): start it with JetStream (nats-server --jetstream), with an account that may create streams`,
      )
    }
  }

  /** Repeats a request while the server is away. */
  persistently<T>(request: () => Promise<T>): Promise<T> {
    return persistently(this.connection, this.#signal, request)
  }

  /** Puts a cell on the queue unless it is there. */
  async post(id: string, posted: PostedCell): Promise<void> {
    await this.persistently(async () => {
      try {
        await this.#client.publish(cellSubject(this.version, id), JSON.stringify(posted))
      } catch (error) {
        if (!(error instanceof JetStreamApiError) || error.code !== NOT_STORED) throw error
        if (/per subject/.test(error.message)) return
        throw new Error(
          `The collector cannot store a cell (${error.message}): make room on its disk or raise its limits, then run the command again`,
        )
      }
    })
  }

  /** Returns the result of a cell if there is one. */
  async result(id: string): Promise<CellResult | undefined> {
    const query = { last_by_subj: resultSubject(this.version, id) }
    const found = await this.persistently(() => this.#manager.streams.getMessage(RESULTS, query))
    return found === null ? undefined : readResult(found.data)
  }

  async writeResult(id: string, result: CellResult): Promise<void> {
    const subject = resultSubject(this.version, id)
    await this.persistently(() => this.#client.publish(subject, JSON.stringify(result)))
  }

  /** Returns the attempts at a cell that has no result yet. */
  async tries(id: string): Promise<CellTries> {
    const query = { last_by_subj: triesSubject(this.version, id) }
    const found = await this.persistently(() => this.#manager.streams.getMessage(RESULTS, query))
    return readTries(found?.data)
  }

  /** Writes the attempts at a cell, once: whoever is interrupted does not wait for the server. */
  async writeTries(id: string, tries: CellTries): Promise<void> {
    await this.#client.publish(triesSubject(this.version, id), JSON.stringify(tries))
  }

  /** Forgets the result of a cell, so that it can be asked for again. */
  async forgetResult(id: string): Promise<void> {
    for (const filter of [triesSubject(this.version, id), resultSubject(this.version, id)]) {
      await this.persistently(() => this.#manager.streams.purge(RESULTS, { filter }))
    }
  }

  /** Calls back with each result that is written while the connection stands. */
  followResults(onResult: (id: string, result: CellResult) => void): void {
    this.connection.subscribe(resultSubject(this.version, '*'), {
      callback: (_, { subject, data }) => onResult(lastToken(subject), readResult(data)),
    })
  }

  /** Returns the identities of all cells that have a result. */
  async finishedIds(): Promise<Set<string>> {
    const subjects = { subjects_filter: resultSubject(this.version, '*') }
    const { state } = await this.#manager.streams.info(RESULTS, subjects)
    return new Set(Object.keys(state.subjects ?? {}).map(lastToken))
  }

  /** Returns the identities of all cells that are on the queue or with a worker. */
  async queuedIds(): Promise<Set<string>> {
    const subjects = { subjects_filter: cellSubject(this.version, '*') }
    const { state } = await this.#manager.streams.info(CELLS, subjects)
    return new Set(Object.keys(state.subjects ?? {}).map(lastToken))
  }

  /** Lets a worker answer others who ask which workers are there. */
  announce(worker: string): void {
    this.connection.subscribe(presenceSubject(this.version), {
      callback: (_, message) => void message.respond(worker),
    })
  }

  /** Yields the names of the workers of this version that are there, as they answer. */
  async *workers(): AsyncGenerator<string> {
    const options = { strategy: 'timer', maxWait: ANSWER_WAIT } as const
    const subject = presenceSubject(this.version)
    for await (const answer of await this.connection.requestMany(subject, '', options)) {
      yield answer.string()
    }
  }

  /** Returns the queue's consumer, which all workers of this version share. */
  queue(): Promise<Consumer> {
    return this.#client.consumers.get(CELLS, consumerName(this.version))
  }

  async queueState(): Promise<QueueState> {
    const info = await this.#manager.consumers.info(CELLS, consumerName(this.version))
    return { running: info.num_ack_pending, idleWorkers: info.num_waiting }
  }

  /** Returns one cell of each other version that is on the queue, with the number of its cells. */
  async foreignCells(): Promise<{ readonly posted: PostedCell; readonly count: number }[]> {
    const { state } = await this.#manager.streams.info(CELLS, { subjects_filter: 'cells.>' })
    const subjects = new Map<string, string[]>()
    for (const subject of Object.keys(state.subjects ?? {})) {
      const [, version = ''] = subject.split('.')
      subjects.set(version, [...(subjects.get(version) ?? []), subject])
    }
    subjects.delete(versionToken(this.version))
    const found = []
    for (const [first = '', ...rest] of subjects.values()) {
      const message = await this.#manager.streams.getMessage(CELLS, { last_by_subj: first })
      const posted = message === null ? undefined : readPosted(message.data)
      if (posted !== undefined) found.push({ posted, count: 1 + rest.length })
    }
    return found
  }

  /** Sends what is still to be sent, if the server is there, and ends the connection. */
  async close(): Promise<void> {
    await this.connection.drain().catch(() => this.connection.close())
  }
}

async function setUp(manager: JetStreamManager, version: CodeVersion, patience: number) {
  await manager.streams.add({
    name: CELLS,
    subjects: ['cells.>'],
    retention: 'workqueue',
    // A cell that is on the queue, or with a worker, cannot be posted again.
    max_msgs_per_subject: 1,
    discard: 'new',
    discard_new_per_subject: true,
  })
  await manager.streams.add({ name: RESULTS, subjects: ['results.>'], max_msgs_per_subject: 1 })
  const name = consumerName(version)
  try {
    await manager.consumers.info(CELLS, name)
  } catch (error) {
    if (!(error instanceof JetStreamApiError)) throw error
    if (error.code !== JetStreamApiCodes.ConsumerNotFound) throw error
    await manager.consumers.add(CELLS, {
      durable_name: name,
      filter_subject: cellSubject(version, '*'),
      ack_policy: 'explicit',
      ack_wait: nanos(patience),
      max_ack_pending: MOST_WORKERS,
    })
  }
}

function consumerName(version: CodeVersion): string {
  return `workers-${versionToken(version)}`
}

function cellSubject(version: CodeVersion, id: string): string {
  return `cells.${versionToken(version)}.${id}`
}

function resultSubject(version: CodeVersion, id: string): string {
  return `results.${versionToken(version)}.${id}`
}

function triesSubject(version: CodeVersion, id: string): string {
  return `${resultSubject(version, id)}.tries`
}

function presenceSubject(version: CodeVersion): string {
  return `workers.${versionToken(version)}`
}

/** Returns the last token of a subject, which is a cell's identity. */
export function lastToken(subject: string): string {
  return subject.slice(subject.lastIndexOf('.') + 1)
}
