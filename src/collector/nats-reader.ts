/** Reading of a study's messages from a collector, and publishing of the researcher's. */
import { type JsMsg, jetstream } from '@nats-io/jetstream'
import { LARGEST_MESSAGE, type ResearcherMessage, type StudyMessage } from '../study/message.ts'
import { type CollectorAccess, readCredentials } from './credentials.ts'
import { consumerCreation } from './identities.ts'
import { type Dial, Link } from './link.ts'
import { AwayError, RefusedError, type StudyReader } from './publisher.ts'
import { store } from './store.ts'
import { readStored } from './stored-message.ts'
import { researcherSubject, streamName } from './subjects.ts'

type Listeners = Parameters<StudyReader['follow']>[0]

/** Maximum number of messages that are handed on together. */
const PART = 500
/** Time in which a request for messages is renewed, and signs of life while there are none, in milliseconds. */
const REQUEST_EXPIRES = 20_000
const SIGN_OF_LIFE = 3000
/** Time after which the server forgets a reader that is gone, in milliseconds. */
const FORGET_AFTER = 60_000
/** Time to wait for a lost connection before it is reported again, and between attempts, in milliseconds. */
const CONNECTION_WAIT = 30_000
const RETRY_AFTER = 1000

/** Opens the connection of the researcher. Throws a RefusedError or an AwayError. */
export async function openReader(
  access: Omit<CollectorAccess, 'url'>,
  study: string,
  dial: Dial,
): Promise<StudyReader> {
  const credentials = readCredentials(access, consumerCreation(study), 'researcher’s link')
  const link = await Link.open(dial, credentials)
  return {
    follow: (on, signal) => new Follower(link, study, on).run(signal),
    publish(message: ResearcherMessage) {
      const bytes = new TextEncoder().encode(JSON.stringify(message))
      return store(link, credentials.carrier, {
        subject: researcherSubject(study, message.id),
        stream: streamName(study),
        id: message.id,
        bytes,
        largest: LARGEST_MESSAGE,
      })
    },
    close: () => link.close(),
  }
}

/** Reads a stream from its beginning, and resumes after the last message read whenever that is interrupted. */
class Follower {
  readonly #link: Link
  readonly #study: string
  readonly #on: Listeners
  /** Sequence number of the next message. */
  #next = 1
  #refused = 0
  #caughtUp = false

  constructor(link: Link, study: string, on: Listeners) {
    this.#link = link
    this.#study = study
    this.#on = on
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#link.connected(CONNECTION_WAIT)
        await this.#read(signal)
      } catch (error) {
        if (error instanceof RefusedError) throw error
        this.#on.away(reasonOf(error))
        await pause(RETRY_AFTER, signal)
      }
    }
  }

  /** Reads until the connection is lost, the server gives no signs of life, or the signal aborts. */
  async #read(signal: AbortSignal): Promise<void> {
    const consumer = await jetstream(this.#link.connection).consumers.get(streamName(this.#study), {
      opt_start_seq: this.#next,
      inactive_threshold: FORGET_AFTER,
    })
    const { num_pending } = await consumer.info(true)
    this.#on.away(undefined)
    if (num_pending === 0) this.#reachEnd()
    const messages = await consumer.consume({
      max_messages: PART,
      expires: REQUEST_EXPIRES,
      idle_heartbeat: SIGN_OF_LIFE,
    })
    const ended = new AbortController()
    const stop = () => messages.stop()
    signal.addEventListener('abort', stop)
    if (signal.aborted) stop()
    void this.#link.lost(ended.signal).then(stop)
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
    const handOn = () => {
      if (part.length > 0) this.#on.messages(part)
      part = []
    }
    for await (const stored of messages) {
      this.#next = stored.seq + 1
      const message = readStored(this.#study, stored.subject, stored.data)
      if (message) part.push(message)
      else this.#on.refused(++this.#refused)
      const isLast = stored.info.pending === 0
      if (isLast || part.length >= PART) handOn()
      if (isLast) this.#reachEnd()
    }
    handOn()
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
  if (error instanceof AwayError) return error.message
  return 'The collector does not answer at the moment: what was read is kept, and reading goes on when it is back.'
}

/** Waits; ends early when the signal aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}
