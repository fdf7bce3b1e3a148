/** Connections from the command line to the collector of a study, by TCP. */
import { jwtAuthenticator, type NatsConnection } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'
import {
  type CollectorSeeds,
  createOwner,
  createSystemUser,
  type UserCredentials,
} from '../../collector/identities.ts'
import type { Dial } from '../../collector/link.ts'

/** Time to wait for a greeting, in milliseconds. */
const GREETING_WAIT = 5000

/** Returns a function that connects to one of these servers, such as `nats://127.0.0.1:4222`. */
export function dialTcp(servers: readonly string[]): Dial {
  return (options) => connect({ ...options, servers: [...servers], noRandomize: false })
}

/** Connects the owner, who may do everything in the study's account. */
export async function connectOwner(
  servers: readonly string[],
  seeds: CollectorSeeds,
): Promise<NatsConnection> {
  return connectUser(servers, await createOwner(seeds, Date.now()))
}

/** Connects a user who may tell servers about changes of the study's account. */
export async function connectSystemUser(
  servers: readonly string[],
  seeds: CollectorSeeds,
): Promise<NatsConnection> {
  return connectUser(servers, await createSystemUser(seeds, Date.now()))
}

function connectUser(
  servers: readonly string[],
  { jwt, seed }: UserCredentials,
): Promise<NatsConnection> {
  return connect({
    servers: [...servers],
    authenticator: jwtAuthenticator(jwt, new TextEncoder().encode(seed)),
    timeout: GREETING_WAIT,
    maxReconnectAttempts: 20,
    reconnectTimeWait: 500,
    noAsyncTraces: true,
  })
}
