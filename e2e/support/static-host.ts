import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { extname, join } from 'node:path'

const DIST = join(import.meta.dirname, '../../dist')
const PATH = '/some/path/'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}

/**
 * Minimal static host: serves the files of `dist/` under a sub-path, with a content type and no
 * other headers. It can be stopped, and it can release a next version, in which every script has a
 * new name and the old names return 404.
 */
export class StaticHost {
  /** Paths, relative to the lab's, that return status 404. */
  readonly gone = new Set<string>()
  /** Replaced contents by path, relative to the lab's. */
  readonly replaced = new Map<string, Buffer>()
  #server: Server | undefined
  #sockets = new Set<Socket>()
  #port = 0
  /** Mapping from the names and integrity digests of the build to those of the next version. */
  #renamed: ReadonlyMap<string, string> = new Map()

  get url(): string {
    return `http://127.0.0.1:${this.#port}${PATH}`
  }

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      this.#read(request.url ?? '').then(
        ({ body, type }) => response.writeHead(200, { 'Content-Type': type }).end(body),
        () => response.writeHead(404).end('not found'),
      )
    })
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    const closed = this.#server && once(this.#server, 'close')
    this.#server?.close()
    await closed
  }

  /** Releases the next version, whose scripts have other names. */
  async release(): Promise<void> {
    const scripts = (await readdir(join(DIST, 'assets'))).filter((name) => name.endsWith('.js'))
    const renamed = new Map(scripts.map((name) => [name, name.replace(/\.js$/, '_next.js')]))
    const files = ['index.html', ...scripts.map((name) => `assets/${name}`)]
    for (const file of files) {
      const before = await readFile(join(DIST, file))
      renamed.set(integrity(before), integrity(rename(before.toString(), renamed)))
    }
    this.#renamed = renamed
  }

  async #read(address: string): Promise<{ readonly body: string | Buffer; readonly type: string }> {
    const { pathname } = new URL(address, 'http://host')
    const name = pathname.slice(PATH.length) || 'index.html'
    if (!pathname.startsWith(PATH) || name.includes('..') || this.gone.has(name)) throw new Error()
    const file = this.#nameInBuild(name)
    const body = this.replaced.get(file) ?? (await readFile(join(DIST, file)))
    const type = TYPES[extname(name)] ?? 'application/octet-stream'
    const isText = this.#renamed.size > 0 && /\.(html|js)$/.test(name)
    return { body: isText ? rename(body.toString(), this.#renamed) : body, type }
  }

  #nameInBuild(name: string): string {
    const base = name.replace(/^assets\//, '')
    if (this.#renamed.has(base)) throw new Error('a name of the version before')
    const known = [...this.#renamed].find(([, next]) => next === base)?.[0]
    return known ? `assets/${known}` : name
  }
}

function rename(text: string, names: ReadonlyMap<string, string>): string {
  return [...names].reduce((result, [before, next]) => result.replaceAll(before, next), text)
}

function integrity(content: string | Buffer): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`
}
