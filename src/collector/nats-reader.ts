/** Reading of a study's messages from a collector, and publishing of the researcher's. */
import { type JsMsg, jetstream } from '@nats-io/jetstream'
import { LARGEST_MESSAGE, type ResearcherMessage, type StudyMessage } from '../study/message.ts'
import { type CollectorAccess, readCredentials } from './credentials.ts'
import { consumerCreation } from './identities.ts'
import { type Dial, Link } from './link.ts'
import { pause } from './pause.ts'
import { AwayError, RefusedError, type StudyReader } from './publisher.ts'
import { store } from './store.ts'
import { readStored } from './stored-message.ts'
import { researcherSubject, streamName } from './subjects.ts'

type Listeners = Parameters<StudyReader['follow']>[0]

/** Maximum number of messages that are handed on together. */
const PART = 500
/** Time in which a request for messages is renewed, and heartbeats while there are none, in milliseconds. */
const REQUEST_EXPIRES = 20_000
const HEARTBEAT = 3000
/** Time after which the server forgets a reader that is gone, in milliseconds. */
const FORGET_AFTER = 60_000
/** Time to wait for a lost connection before it is reported again, and between attempts, in milliseconds. */
const CONNECTION_WAIT = 30_000
const RETRY_AFTER = 1000

/** Reason why nothing is read, where the connection was lost or is not answered. */
const LOST =
  'The collector does not answer at the moment: what was read is kept, and reading resumes when it is back.'

/**
 * Opens the researcher's access. The connection is made when it is used first, and made again while the
 * collector is away. Throws a RefusedError if the credentials are not for this study.
 */
export function openReader(
  access: Omit<CollectorAccess, 'url'>,
  study: string,
  dial: Dial,
): StudyReader {
  const credentials = readCredentials(access, consumerCreation(study), 'researcher’s link')
  let opened: Promise<Link> | undefined
  const connect: Connect = () => {
    opened ??= Link.open(dial, credentials).catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }
  return {
    follow: (on, signal) => new Follower(connect, study, on).run(signal),
    async publish(message: ResearcherMessage) {
      await store(await connect(), credentials.carrier, {
        subject: researcherSubject(study, message.id),
        stream: streamName(study),
        id: message.id,
        bytes: new TextEncoder().encode(JSON.stringify(message)),
        largest: LARGEST_MESSAGE,
      })
    },
    async close() {
      const link = await opened?.catch(() => undefined)
      await link?.close()
    },
  }
}

type Connect = () => Promise<Link>

/** Reads a stream from its beginning, and resumes after the last message read whenever that is interrupted. */
class Follower {
  readonly #connect: Connect
  readonly #study: string
  readonly #on: Listeners
  /** Sequence number of the next message. */
  #next = 1
  #refused = 0
  #caughtUp = false

  constructor(connect: Connect, study: string, on: Listeners) {
    this.#connect = connect
    this.#study = study
    this.#on = on
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const link = await this.#connect()
        if (!link.isConnected) this.#on.away(LOST)
        await link.connected(CONNECTION_WAIT)
        await this.#read(link, signal)
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof RefusedError) throw error
        this.#on.away(reasonOf(error))
        await pause(RETRY_AFTER, signal)
      }
    }
  }

  /** Reads until the connection is lost, the server sends no heartbeats, or the signal aborts. */
  async #read(link: Link, signal: AbortSignal): Promise<void> {
    const consumer = await jetstream(link.connection).consumers.get(streamName(this.#study), {
      opt_start_seq: this.#next,
      inactive_threshold: FORGET_AFTER,
    })
    const { num_pending } = await consumer.info(true)
    this.#on.away(undefined)
    if (num_pending === 0) this.#reachEnd()
    const messages = await consumer.consume({
      max_messages: PART,
      expires: REQUEST_EXPIRES,
      idle_heartbeat: HEARTBEAT,
    })
    const ended = new AbortController()
    const stop = () => messages.stop()
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    void link.lost(ended.signal).then(stop)
    void stopWhenSilent(messages)
    try {
      await this.#take(messages)
    } finally {
      ended.abort()
      signal.removeEventListener('abort', stop)
      void consumer.delete().catch(() => undefined)
    }
  }

  async #take(messages: AsyncIterable<JsMsg>): Promise<void> {
    let part: StudyMessage[] = []
    let next = this.#next
    const handOn = () => {
      if (part.length > 0) this.#on.messages(part)
      part = []
      this.#next = next
    }
    try {
      for await (const stored of messages) {
        const message = readStored(this.#study, stored.subject, stored.data)
        if (message) part.push(message)
        else this.#on.refused(++this.#refused)
        next = stored.seq + 1
        const isLast = stored.info.pending === 0
        if (isLast || part.length >= PART) handOn()
        if (isLast) this.#reachEnd()
      }
    } finally {
      // Reading resumes after what was handed on, which is everything taken, errors or not.
      handOn()
    }
  }

  #reachEnd(): void {
    if (this.#caughtUp) return
    this.#caughtUp = true
    this.#on.caughtUp()
  }
}

async function stopWhenSilent(messages: {
  status(): AsyncIterable<{ readonly type: string }>
  stop(): void
}): Promise<void> {
  for await (const { type } of messages.status()) {
    if (type === 'heartbeats_missed' || type === 'consumer_deleted') messages.stop()
  }
}

function reasonOf(error: unknown): string {
  return error instanceof AwayError ? error.message : LOST
}
