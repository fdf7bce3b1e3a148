/** Storing of one message by a collector, with one sentence for everything that can prevent it. */
import { JetStreamApiError, jetstream } from '@nats-io/jetstream'
import {
  InvalidArgumentError,
  PermissionViolationError,
  RequestError,
  TimeoutError,
} from '@nats-io/nats-core'
import { type Carrier, remedyFor } from './credentials.ts'
import type { Link } from './link.ts'
import { AwayError, RefusedError } from './publisher.ts'

/** Time in which the stream has to acknowledge a message, in milliseconds. */
const ACKNOWLEDGEMENT_WAIT = 3000
/** Time in which a message has to be stored, lost connections included, in milliseconds. */
const PATIENCE = 15_000

/** Codes of JetStream's errors. */
const TOO_LARGE = 10054
const LIMIT_REACHED = 10077
const NO_SPACE = [10023, 10047]
const OTHER_STREAM = 10060

/** Message to store. */
export interface Parcel {
  readonly subject: string
  readonly stream: string
  /** Id by which the stream recognises a message that it has already. */
  readonly id: string
  readonly bytes: Uint8Array
  readonly largest: number
}

/**
 * Publishes a message until the stream has acknowledged it, through lost connections and servers that
 * fail. Throws a RefusedError, or an AwayError if that takes longer than `PATIENCE`.
 */
export async function store(link: Link, carrier: Carrier, parcel: Parcel): Promise<void> {
  const { bytes, largest } = parcel
  if (bytes.length > largest) throw tooLarge(bytes.length, largest)
  const until = Date.now() + PATIENCE
  for (;;) {
    await link.connected(until - Date.now())
    const found = await attempt(link, parcel)
    if (found === 'stored') return
    if (found instanceof Error) throw refusal(found, carrier, parcel)
    // Neither the stream nor an error answered: the connection, or the node behind it, may be dead.
    if (found === 'unanswered') await link.renew()
    if (Date.now() >= until) {
      throw new AwayError(
        'The collector answers, but does not store anything at the moment: nothing is lost, and it will be tried again.',
      )
    }
  }
}

type Attempt = 'stored' | 'disconnected' | 'unanswered' | 'unavailable' | Error

async function attempt(link: Link, parcel: Parcel): Promise<Attempt> {
  const ended = new AbortController()
  try {
    return await Promise.race([
      publish(link, parcel),
      link.lost(ended.signal).then(() => 'disconnected' as const),
    ])
  } finally {
    ended.abort()
  }
}

async function publish(link: Link, { subject, stream, id, bytes }: Parcel): Promise<Attempt> {
  try {
    await jetstream(link.connection).publish(subject, bytes, {
      msgID: id,
      expect: { streamName: stream },
      timeout: ACKNOWLEDGEMENT_WAIT,
      retries: 1,
    })
    return 'stored'
  } catch (error) {
    if (error instanceof TimeoutError) return 'unanswered'
    if (isRefusing(error)) return error
    // No node stores the stream now, as while its nodes elect a new leader.
    await new Promise((resolve) => setTimeout(resolve, 100))
    return 'unavailable'
  }
}

function isRefusing(error: unknown): error is Error {
  if (error instanceof JetStreamApiError) {
    return [TOO_LARGE, LIMIT_REACHED, OTHER_STREAM, ...NO_SPACE].includes(error.code)
  }
  if (error instanceof RequestError) return error.cause instanceof PermissionViolationError
  return error instanceof InvalidArgumentError
}

function refusal(error: Error, carrier: Carrier, parcel: Parcel): RefusedError {
  const code = error instanceof JetStreamApiError ? error.code : undefined
  if (error instanceof InvalidArgumentError || code === TOO_LARGE) {
    return tooLarge(parcel.bytes.length, parcel.largest)
  }
  if (code === OTHER_STREAM) {
    return new RefusedError(
      'foreign',
      `The collector does not store this study: ${remedyFor(carrier)}.`,
    )
  }
  if (code === LIMIT_REACHED && /per subject/.test(error.message)) {
    return new RefusedError(
      'full',
      `The collector has stored as many messages from this ${carrier} as it accepts: ${remedyFor(carrier)}.`,
    )
  }
  if (code !== undefined) {
    return new RefusedError(
      'full',
      'The collector’s storage for this study is full: tell the researcher; what you answered is kept in this browser.',
    )
  }
  return new RefusedError(
    'not permitted',
    `The collector does not let this ${carrier} publish here: ${remedyFor(carrier)}.`,
  )
}

function tooLarge(found: number, largest: number): RefusedError {
  return new RefusedError(
    'too large',
    `The message has ${found} bytes, but the collector accepts ${largest} at most: hand your answers in as a file.`,
  )
}
