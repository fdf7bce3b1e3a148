/** Connections to a NATS server, with one sentence for everything that can be wrong with one. */
import { readFile } from 'node:fs/promises'
import { JetStreamApiError } from '@nats-io/jetstream'
import {
  AuthorizationError,
  ClosedConnectionError,
  ConnectionError,
  credsAuthenticator,
  DrainingConnectionError,
  delay,
  type NatsConnection,
  NoRespondersError,
  RequestError,
  TimeoutError,
} from '@nats-io/nats-core'
import { connect, type NodeConnectionOptions } from '@nats-io/transport-node'
import { oneSentence, UsageError } from '../errors.ts'

export interface NatsAddress {
  /** Address such as `nats://host:4222`, or `tls://user:password@host`. */
  readonly url: string
  /** Path of a credentials file (`.creds`). */
  readonly credentials?: string | undefined
}

/** Time to wait for a server's greeting, milliseconds. */
const GREETING_WAIT = 5000

/** Pause between attempts to reach a server that went away, milliseconds. */
const RETRY_AFTER = 500

/**
 * Connects to a NATS server. The connection survives restarts of the server, however long they take.
 * Throws a `UsageError` if the address, the server or the credentials are wrong.
 */
export async function connectNats({ url, credentials }: NatsAddress): Promise<NatsConnection> {
  const options = { ...parseAddress(url), ...(await authentication(credentials)) }
  try {
    return await connect({
      ...options,
      timeout: GREETING_WAIT,
      maxReconnectAttempts: -1,
      reconnectTimeWait: RETRY_AFTER,
    })
  } catch (error) {
    throw new UsageError(`${withoutPassword(url)}: ${reasonOf(error)}`)
  }
}

function parseAddress(url: string): NodeConnectionOptions {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const isNats = parsed?.protocol === 'nats:' || parsed?.protocol === 'tls:'
  if (parsed === undefined || !isNats || parsed.hostname === '') {
    throw new UsageError(
      `"${withoutPassword(url)}" is not the address of a NATS server: expected nats://host:port or tls://host:port`,
    )
  }
  const { protocol, hostname, port, username, password } = parsed
  return {
    servers: `${hostname}:${port || '4222'}`,
    ...(protocol === 'tls:' ? { tls: {} } : {}),
    ...(username === ''
      ? {}
      : { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
  }
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//')
}

async function authentication(credentials: string | undefined): Promise<NodeConnectionOptions> {
  if (credentials === undefined) return {}
  try {
    return { authenticator: credsAuthenticator(new Uint8Array(await readFile(credentials))) }
  } catch (error) {
    throw new UsageError(
      `The credentials file ${credentials} cannot be read (${oneSentence(error)}): name a NATS .creds file`,
    )
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof TimeoutError) {
    return 'the server there does not answer as a NATS server: check host and port'
  }
  if (error instanceof AuthorizationError) {
    return 'the server refuses these credentials: name others with --credentials, or as nats://user:password@host:port'
  }
  const found = oneSentence(error)
  return `no NATS server can be reached (${found}): start one there (nats-server --jetstream), or check host and port`
}

/** Error code of a cluster that is choosing its leader. */
const TEMPORARILY_UNAVAILABLE = 10008

/** Returns whether an error means that the server is away for now, so the request may be repeated. */
export function isAway(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return error.code === TEMPORARILY_UNAVAILABLE
  return [
    TimeoutError,
    ConnectionError,
    NoRespondersError,
    RequestError,
    ClosedConnectionError,
    DrainingConnectionError,
  ].some((kind) => error instanceof kind)
}

/**
 * Repeats a request until it succeeds, as long as the server is away. Any other error, an abort and
 * the end of the connection end the repetition.
 */
export async function persistently<T>(
  connection: NatsConnection,
  signal: AbortSignal,
  request: () => Promise<T>,
): Promise<T> {
  for (;;) {
    signal.throwIfAborted()
    try {
      return await request()
    } catch (error) {
      if (connection.isClosed() || !isAway(error)) throw error
      await delay(RETRY_AFTER)
    }
  }
}
