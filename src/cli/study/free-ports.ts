/** Ports of this machine on which nothing listens. */
import { createServer } from 'node:net'

/** Returns two different free ports, for clients and for browsers. */
export async function freePorts(): Promise<{ client: number; webSocket: number }> {
  const [client, webSocket] = await Promise.all([freePort(), freePort()])
  return { client, webSocket }
}

/** Returns a free port. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port)
        else reject(new Error('The operating system gave no port'))
      })
    })
  })
}
