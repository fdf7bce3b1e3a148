/** Network of a simulated browser, which can be cut off. */
import { type WsConnectionOptions, wsconnect } from '@nats-io/nats-core'
import type { Dial } from '../../src/collector/link.ts'

/** Address where nothing listens, at a port that WebSockets may use. */
const NOWHERE = 'ws://127.0.0.1:51'

export class Network {
  /** Number of connections made, the first one included. */
  connections = 0
  #online = true
  #socket: WebSocket | undefined

  /** Returns a function that connects through this network. */
  dial(address: string): Dial {
    const wsFactory: WsConnectionOptions['wsFactory'] = async (url) => {
      // Without a network, a browser's WebSocket fails as that to an address where nothing listens.
      this.#socket = new WebSocket(this.#online ? url : NOWHERE)
      if (this.#online) this.connections++
      return { socket: this.#socket, encrypted: false }
    }
    return (options) =>
      wsconnect({ ...options, servers: address, wsFactory } as WsConnectionOptions)
  }

  goOffline(): void {
    this.#online = false
    this.#socket?.close()
  }

  goOnline(): void {
    this.#online = true
  }
}
