/** The built lab, served, for benchmarks of the labelling desk. */
import { build, preview } from 'vite'

/** Builds and serves the lab, gives `work` its address, and closes it after. */
export async function withLab<T>(work: (address: string) => Promise<T>): Promise<T> {
  await build({ logLevel: 'warn' })
  const server = await preview({ preview: { host: '127.0.0.1', port: 0 } })
  try {
    return await work(server.resolvedUrls?.local[0] ?? '')
  } finally {
    await server.close()
  }
}
