/** Connections from a page by WebSocket. */
import { wsconnect } from '@nats-io/nats-core'
import type { Dial } from './link.ts'
import { AwayError } from './publisher.ts'

const WEB_SOCKET_PROTOCOLS: Readonly<Record<string, string>> = {
  'http:': 'ws:',
  'https:': 'wss:',
  'ws:': 'ws:',
  'wss:': 'wss:',
}

/** Returns the absolute address of a WebSocket. Throws an AwayError for anything that is not one. */
export function webSocketAddress(url: string, page: string): string {
  const address = URL.canParse(url, page) ? new URL(url, page) : undefined
  const protocol = address && WEB_SOCKET_PROTOCOLS[address.protocol]
  if (address === undefined || protocol === undefined) {
    throw new AwayError(
      `The address of the collector, “${url}”, is not one of a WebSocket: ask the researcher for a new link.`,
    )
  }
  address.protocol = protocol
  address.hash = ''
  return address.href
}

/** Returns a function that connects to a collector by WebSocket. */
export function dialWebSocket(address: string): Dial {
  return (options) => wsconnect({ ...options, servers: address })
}
