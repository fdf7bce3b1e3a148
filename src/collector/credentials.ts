/** Credentials of an invitation or a researcher's link, and what can be said about them without a server. */
import { type ClaimsData, decode, fromSeed, type User } from '@nats-io/jwt'
import { RefusedError } from './publisher.ts'

/** Access to a collector: where it is, and a user's token and seed. */
export interface CollectorAccess {
  /** Address of the WebSocket: absolute, or relative to the page. */
  readonly url: string
  readonly jwt: string
  readonly seed: string
}

/** What a user presents to a collector. */
export interface Credentials {
  readonly jwt: string
  readonly seed: Uint8Array
  readonly publicKey: string
  /** Time at which the token expires, in milliseconds. */
  readonly expires: number | undefined
  /** Name of what carries the credentials, for messages. */
  readonly carrier: Carrier
}

/** Kind of link that carries credentials. */
export type Carrier = 'invitation' | 'researcher’s link'

/** Returns what people do who cannot use their credentials. */
export function remedyFor(carrier: Carrier): string {
  return carrier === 'invitation'
    ? 'hand your answers in as a file, or ask the researcher for a new invitation'
    : 'make a new link with “npm run lab -- study renew”'
}

/**
 * Reads credentials. Throws a RefusedError if they were changed, or are not those of somebody who may
 * publish on `subject`. Whether they have expired is left to the collector, whose clock is right.
 */
export function readCredentials(
  { jwt, seed }: Pick<CollectorAccess, 'jwt' | 'seed'>,
  subject: string,
  carrier: Carrier,
): Credentials {
  const claims = claimsOf(jwt)
  const publicKey = publicKeyOf(seed)
  if (claims === undefined || claims.sub !== publicKey) {
    throw new RefusedError(
      'foreign',
      `The credentials in this ${carrier} were changed in transit: ${remedyFor(carrier)}.`,
    )
  }
  if (!claims.nats.pub?.allow?.includes(subject)) {
    throw new RefusedError(
      'foreign',
      `The credentials in this ${carrier} are those of another study or labeller: ${remedyFor(carrier)}.`,
    )
  }
  const expires = claims.exp === undefined ? undefined : claims.exp * 1000
  return { jwt, seed: new TextEncoder().encode(seed), publicKey, expires, carrier }
}

/** Returns why a collector does not accept credentials, as far as that can be known. */
export function refusalOf({ expires, carrier }: Credentials): RefusedError {
  if (expires !== undefined && expires <= Date.now()) {
    const day = new Date(expires).toISOString().slice(0, 10)
    return new RefusedError('expired', `This ${carrier} expired on ${day}: ${remedyFor(carrier)}.`)
  }
  // A server gives no reason, so that strangers do not learn whom it knows.
  return new RefusedError(
    'revoked',
    `The collector does not accept this ${carrier}, because it was revoked or is one of another collector: ${remedyFor(carrier)}.`,
  )
}

/** Returns the claims of a token whose signature fits its issuer; undefined for anything else. */
function claimsOf(jwt: string): ClaimsData<User> | undefined {
  try {
    return decode<User>(jwt)
  } catch {
    return undefined
  }
}

function publicKeyOf(seed: string): string | undefined {
  try {
    return fromSeed(new TextEncoder().encode(seed)).getPublicKey()
  } catch {
    return undefined
  }
}
