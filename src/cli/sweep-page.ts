/** Web server of a sweep: the lab, whose Train page shows the progress of all workers. */
import { join } from 'node:path'
import type { Plugin, PreviewServer } from 'vite'
import { buildIfNeeded } from '../../scripts/build.mjs'
import { SWEEP_STATE_PATH, type SweepState } from '../procedure/index.ts'
import { PAGE_HEADERS } from '../service-worker/headers.ts'
import { oneSentence, UsageError } from './errors.ts'

const ROOT = join(import.meta.dirname, '../..')

/**
 * Serves the lab to this machine's browsers, and says at which address it shows the sweep. Returns a
 * function that ends it. Throws a UsageError if the port is taken.
 */
export async function serveSweepPage(
  port: number,
  state: () => SweepState,
): Promise<() => Promise<void>> {
  const vite = await import('vite')
  const say = (text: string) => process.stderr.write(`${text}\n`)
  await buildIfNeeded(vite, say)
  let server: PreviewServer
  try {
    server = await vite.preview({
      root: ROOT,
      logLevel: 'silent',
      plugins: [stateFile(state)],
      preview: { port, strictPort: true },
    })
  } catch (error) {
    throw new UsageError(
      `The page of the sweep cannot be served: ${oneSentence(error)}; choose another port with --page ${port + 1}`,
    )
  }
  say(`Progress of all workers: http://localhost:${port}/#/train?sweep=status`)
  return () => server.close()
}

function stateFile(state: () => SweepState): Plugin {
  return {
    name: 'sweep-state',
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use(`/${SWEEP_STATE_PATH}`, (_request, response) => {
        const type = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
        response.writeHead(200, { ...PAGE_HEADERS, ...type }).end(JSON.stringify(state()))
      })
    },
  }
}
