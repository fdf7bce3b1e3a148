/** Web server of a study: the lab, the study file, and the collector's WebSocket, all of one origin. */
import { readFile } from 'node:fs/promises'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { Plugin, PreviewServer } from 'vite'
import { buildIfNeeded } from '../../../scripts/build.mjs'
import { PAGE_HEADERS } from '../../service-worker/headers.ts'
import type { PreparedStudy } from '../../study/index.ts'
import { oneSentence, UsageError } from '../errors.ts'
import { COLLECTOR_PATH, studyPath } from './invitations.ts'

const ROOT = join(import.meta.dirname, '../../..')

export interface WebOptions {
  readonly port: number
  /** Whether other machines of the network reach the server. */
  readonly host: boolean
  /** Address at which a proxy makes the server known. */
  readonly address?: string
  /** Paths of a certificate and its key, in PEM. */
  readonly cert?: string
  readonly key?: string
}

export interface Web {
  /** Address of the lab's page, ending in a slash. */
  readonly address: string
  close(): Promise<void>
}

/** Serves the lab on exactly this port: browsers store labels by origin, so another one would not have them. */
export async function serveLab(
  study: PreparedStudy,
  collectorPort: number,
  options: WebOptions,
): Promise<Web> {
  const vite = await import('vite')
  await buildIfNeeded(vite, (text) => process.stderr.write(`${text}\n`))
  const address = addressOf(options)
  const https = await certificateOf(options)
  const listeners = new Set(process.listeners('SIGTERM'))
  let server: PreviewServer
  try {
    server = await vite.preview({
      root: ROOT,
      // Browsers that come and go while nats-server restarts are not errors.
      logLevel: 'silent',
      plugins: [studyFile(study)],
      preview: {
        port: options.port,
        host: options.host,
        strictPort: true,
        allowedHosts: [new URL(address).hostname],
        ...(https && { https }),
        proxy: {
          [`/${COLLECTOR_PATH}`]: { target: `ws://127.0.0.1:${collectorPort}`, ws: true },
        },
      },
    })
  } catch (error) {
    throw problemOf(error, options)
  }
  // Vite ends the process on SIGTERM, before nats-server has ended in an orderly way.
  for (const listener of process.listeners('SIGTERM')) {
    if (!listeners.has(listener)) process.off('SIGTERM', listener)
  }
  return { address, close: () => server.close() }
}

function problemOf(error: unknown, { port }: WebOptions): Error {
  const found = oneSentence(error)
  if (!/already in use/.test(found)) return new UsageError(`The lab cannot be served: ${found}`)
  return new UsageError(
    `Port ${port} is in use, perhaps by a running Jumppad: stop that program, or choose another one with --port ${port + 1}. Invitations work only at one address, port included`,
  )
}

/** Serves the study at the path that invitations name. */
function studyFile(study: PreparedStudy): Plugin {
  const body = JSON.stringify(study)
  return {
    name: 'study-file',
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use(`/${studyPath(study.id)}`, (_request, response) => {
        const type = { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' }
        response.writeHead(200, { ...PAGE_HEADERS, ...type }).end(body)
      })
    },
  }
}

/** Returns the address of the lab's page. Throws a UsageError if the one given is none. */
function addressOf({ address, host, port, cert }: WebOptions): string {
  if (address === undefined) {
    const protocol = cert === undefined ? 'http' : 'https'
    return `${protocol}://${host ? networkAddress() : 'localhost'}:${port}/`
  }
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
    throw new UsageError(
      `--address ${address}: expected the address of the lab’s page, such as https://labels.example.org/`,
    )
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}

/** Returns the address of this machine in its network. */
function networkAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? 'localhost'
}

async function certificateOf({ cert, key }: WebOptions) {
  if (cert === undefined && key === undefined) return undefined
  if (cert === undefined || key === undefined) {
    throw new UsageError('--cert and --key belong together: name the certificate and its key')
  }
  try {
    return { cert: await readFile(cert), key: await readFile(key) }
  } catch (error) {
    throw new UsageError(`The certificate cannot be read: ${oneSentence(error)}`)
  }
}
