/** Forwarding of connections to whichever server accepts them. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { ListenAddress } from './server-config.ts'

/** Time in which a server has to accept a connection, in milliseconds. */
const PATIENCE = 2000

export interface Forwarder {
  /** Port on 127.0.0.1. */
  readonly port: number
  close(): Promise<void>
}

/**
 * Listens on a free port and forwards each connection to one of the servers that `targets` returns: in
 * turn, and to the next one if a server does not accept it.
 */
export async function startForwarder(targets: () => readonly ListenAddress[]): Promise<Forwarder> {
  const open = new Set<Socket>()
  let turn = 0
  const server = createServer(async (incoming) => {
    open.add(incoming)
    incoming.on('error', () => incoming.destroy()).on('close', () => open.delete(incoming))
    const all = targets()
    turn++
    for (let index = 0; index < all.length; index++) {
      const target = all[(turn + index) % all.length]
      const outgoing = target && (await accepted(target))
      if (outgoing === undefined) continue
      outgoing.on('error', () => incoming.destroy()).on('close', () => incoming.destroy())
      incoming.on('close', () => outgoing.destroy())
      incoming.pipe(outgoing).pipe(incoming)
      return
    }
    incoming.destroy()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    // A server that listens on a port, not on a pipe, has an address of this type.
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

/** Returns a connection to a server; undefined if it does not accept one. */
function accepted({ host, port }: ListenAddress): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE })
    const fail = () => {
      socket.destroy()
      resolve(undefined)
    }
    socket.once('error', fail).once('timeout', fail)
    socket.once('connect', () => {
      socket.setTimeout(0)
      socket.off('error', fail)
      resolve(socket)
    })
  })
}
