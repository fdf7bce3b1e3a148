/** Production build of the lab on a local server, for benchmarks. */
import { build, preview } from 'vite'

/** Builds and serves the lab, calls `work` with its address, and then closes the server. */
export async function withLab<T>(work: (address: string) => Promise<T>): Promise<T> {
  await build({ logLevel: 'warn' })
  const server = await preview({ preview: { host: '127.0.0.1', port: 0 } })
  try {
    return await work(server.resolvedUrls?.local[0] ?? '')
  } finally {
    await server.close()
  }
}
