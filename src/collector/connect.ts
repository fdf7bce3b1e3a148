/** Connections to a collector. The NATS client is loaded when the first one is opened. */

import type { CollectorAccess } from './credentials.ts'
import type { Dial } from './link.ts'
import type { Publisher, StudyReader } from './publisher.ts'

export interface ConnectOptions {
  /** Address of the page, to which the collector's may be relative. */
  readonly page: string
  /** Another way to connect than by WebSocket. */
  readonly dial?: Dial
}

/** Connects a labeller to the collector of an invitation. Rejects with a RefusedError or an AwayError. */
export async function connectPublisher(
  access: CollectorAccess,
  labeller: { readonly study: string; readonly labeller: number },
  options: ConnectOptions,
): Promise<Publisher> {
  const { openPublisher } = await import('./nats-publisher.ts')
  return openPublisher(access, labeller, options.dial ?? (await webSocket(access, options.page)))
}

/**
 * Opens the researcher's access to the collector of a study, which need not be there yet. Rejects with a
 * RefusedError if the credentials are none for this study.
 */
export async function connectReader(
  access: CollectorAccess,
  study: string,
  options: ConnectOptions,
): Promise<StudyReader> {
  const { openReader } = await import('./nats-reader.ts')
  return openReader(access, study, options.dial ?? (await webSocket(access, options.page)))
}

async function webSocket({ url }: CollectorAccess, page: string): Promise<Dial> {
  const { dialWebSocket, webSocketAddress } = await import('./dial.ts')
  return dialWebSocket(webSocketAddress(url, page))
}
