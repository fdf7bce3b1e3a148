/** Connection to a collector that survives its absence and says why it cannot be used. */
import {
  AuthorizationError,
  type ConnectionOptions,
  jwtAuthenticator,
  type NatsConnection,
  type Status,
  TimeoutError,
} from '@nats-io/nats-core'
import { type Credentials, refusalOf } from './credentials.ts'
import { AwayError } from './publisher.ts'
import { inboxPrefix } from './subjects.ts'

/** Function that opens a connection: by WebSocket in browsers, by TCP in Node. */
export type Dial = (options: ConnectionOptions) => Promise<NatsConnection>

/** Time to wait for a greeting, in milliseconds; radio links take seconds to wake up. */
const GREETING_WAIT = 10_000
/** Interval of heartbeats, in milliseconds, by which a dead connection is noticed. */
const PING_INTERVAL = 20_000
/** Pauses between attempts to connect again, in milliseconds. */
const SHORTEST_PAUSE = 250
const LONGEST_PAUSE = 15_000
/** Number of refusals in a row after which credentials are given up: a server that starts may refuse once. */
const REFUSALS = 2

export class Link {
  readonly connection: NatsConnection
  readonly #credentials: Credentials
  readonly #pause: Pause
  readonly #listeners = new Set<() => void>()
  #connected = true
  #refusals = 0
  #refused: Error | undefined

  private constructor(connection: NatsConnection, credentials: Credentials, pause: Pause) {
    this.connection = connection
    this.#credentials = credentials
    this.#pause = pause
    void this.#watch()
  }

  /** Connects. Throws a RefusedError or an AwayError. */
  static async open(dial: Dial, credentials: Credentials): Promise<Link> {
    for (let refusals = 1; ; refusals++) {
      try {
        return await Link.#dial(dial, credentials)
      } catch (error) {
        if (refusals >= REFUSALS || !(error instanceof Error && isRefusal(error))) {
          throw problemOf(error, credentials)
        }
        await new Promise((resolve) => setTimeout(resolve, SHORTEST_PAUSE))
      }
    }
  }

  static async #dial(dial: Dial, credentials: Credentials): Promise<Link> {
    const pause = new Pause()
    const connection = await dial({
      authenticator: jwtAuthenticator(credentials.jwt, credentials.seed),
      inboxPrefix: inboxPrefix(credentials.publicKey),
      timeout: GREETING_WAIT,
      pingInterval: PING_INTERVAL,
      maxPingOut: 2,
      maxReconnectAttempts: -1,
      reconnectDelayHandler: () => pause.length,
      // Refusals are counted here: a server that is slow to authenticate has refused nobody.
      ignoreAuthErrorAbort: true,
      // A page reaches a cluster by its own address; the nodes' are of no use to it.
      ignoreClusterUpdates: true,
      noAsyncTraces: true,
    })
    return new Link(connection, credentials, pause)
  }

  /** Returns whether there is a connection now. */
  get isConnected(): boolean {
    return this.#connected
  }

  /**
   * Resolves as soon as there is a connection. Rejects with an AwayError if that takes longer than `ms`,
   * and with a RefusedError once the credentials are no longer accepted.
   */
  async connected(ms: number): Promise<void> {
    if (await this.#until(() => this.#connected || this.#refused !== undefined, ms)) {
      if (this.#refused) throw this.#refused
      return
    }
    throw new AwayError(
      'The collector cannot be reached at the moment: nothing is lost, and sending resumes when it is back.',
    )
  }

  /** Resolves as soon as there is no connection; the signal ends the wait. */
  async lost(signal: AbortSignal): Promise<void> {
    await this.#until(() => !this.#connected || this.#refused !== undefined, undefined, signal)
  }

  /** Drops the connection and makes a new one, where the present one seems dead. */
  async renew(): Promise<void> {
    if (this.#connected) await this.connection.reconnect()
  }

  async close(): Promise<void> {
    this.#connected = false
    await this.connection.close()
  }

  /** Resolves to true once the condition holds, and to false if time is up or the signal aborts. */
  #until(condition: () => boolean, ms?: number, signal?: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (value: boolean) => {
        clearTimeout(timer)
        this.#listeners.delete(check)
        signal?.removeEventListener('abort', abort)
        resolve(value)
      }
      const check = () => {
        if (condition()) settle(true)
      }
      const abort = () => settle(false)
      const timer = ms === undefined ? undefined : setTimeout(abort, ms)
      signal?.addEventListener('abort', abort)
      this.#listeners.add(check)
      check()
    })
  }

  async #watch(): Promise<void> {
    for await (const status of this.connection.status()) this.#note(status)
    this.#connected = false
    this.#refused ??= new AwayError(
      'The connection to the collector was closed: open the page again.',
    )
    this.#announce()
  }

  #note(status: Status): void {
    if (status.type === 'disconnect') this.#connected = false
    else if (status.type === 'reconnecting') this.#pause.grow()
    else if (status.type === 'reconnect') {
      this.#connected = true
      this.#refusals = 0
      this.#pause.reset()
    } else if (status.type === 'error' && isRefusal(status.error)) this.#refuse()
    this.#announce()
  }

  #refuse(): void {
    this.#refusals++
    if (this.#refusals < REFUSALS) return
    this.#refused = refusalOf(this.#credentials)
    void this.connection.close()
  }

  #announce(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

/** Pause between attempts, which grows with their number; random, so that not all browsers come at once. */
class Pause {
  #attempts = 0
  length = SHORTEST_PAUSE

  grow(): void {
    const longest = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** this.#attempts)
    const [random = 0] = crypto.getRandomValues(new Uint32Array(1))
    this.length = longest * (0.5 + random / 2 ** 33)
    this.#attempts++
  }

  reset(): void {
    this.#attempts = 0
    this.length = SHORTEST_PAUSE
  }
}

/** Returns whether an error says that the server does not accept the credentials. */
function isRefusal(error: Error): boolean {
  return error instanceof AuthorizationError && !/timeout/i.test(error.message)
}

function problemOf(error: unknown, credentials: Credentials): Error {
  if (error instanceof AwayError) return error
  if (error instanceof Error && isRefusal(error)) return refusalOf(credentials)
  if (error instanceof TimeoutError) {
    // The NATS client reports nothing else where a server ends a connection because it has too many.
    return new AwayError(
      'The server at the collector’s address does not answer as a collector, or has too many connections: nothing is lost, and the connection will be retried.',
    )
  }
  return new AwayError(
    'The collector cannot be reached, or the server at its address is not a collector: nothing is lost, and the connection will be retried.',
  )
}
