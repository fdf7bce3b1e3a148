/** Starts stock nats-servers with JetStream, for tests, benchmarks and commands that need one of their own. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { UsageError } from '../errors.ts'

export interface NatsServerOptions {
  /** Folder of the server's configuration and of everything that it stores. */
  readonly dir: string
  /** Port on 127.0.0.1; a free one if omitted. */
  readonly port?: number
  /**
   * Whether an acknowledged message is on the disk, so that it also survives a power failure. Servers before
   * version 2.10 cannot do that: they write at the latest after two minutes.
   */
  readonly sync?: boolean
  /** Further lines of the server's configuration file. */
  readonly config?: string
}

export interface NatsServer {
  /** Address for clients, such as `nats://127.0.0.1:4222`. */
  readonly url: string
  /** Address for browsers, such as `ws://127.0.0.1:4223`; undefined unless the configuration has one. */
  readonly webSocketUrl: string | undefined
  /** Resolves when the process has ended, for whatever reason, to the last line of its log. */
  readonly ended: Promise<string>
  /** Ends the server in an orderly way; resolves when its process has ended. */
  stop(): Promise<void>
  /** Ends the server as a crash would; resolves when its process has ended. */
  kill(): Promise<void>
}

const INSTALL =
  'Install nats-server (Debian and Ubuntu: sudo apt install nats-server; other systems: https://nats.io/download), or set NATS_SERVER_PATH to its file, then try again'

/** Debian installs servers in folders that are not on every user's path. */
const SYSTEM_FOLDERS = ['/usr/local/sbin', '/usr/sbin']

/** Any free port, in the server's own notation. */
const ANY_PORT = -1

/** Starts a nats-server on 127.0.0.1; resolves when it accepts connections. */
export async function startNats({
  dir,
  port = ANY_PORT,
  sync = false,
  config = '',
}: NatsServerOptions): Promise<NatsServer> {
  await mkdir(dir, { recursive: true })
  const file = join(dir, 'nats-server.conf')
  const syncing = sync && (await canSync()) ? ', sync_interval: always' : ''
  const storage = `jetstream { store_dir: ${JSON.stringify(join(dir, 'jetstream'))}${syncing} }`
  await writeFile(file, ['host: 127.0.0.1', `port: ${port}`, storage, config, ''].join('\n'))
  const child = spawn(program(), ['--config', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environment(),
  })
  const log = { last: 'it wrote nothing' }
  const ended = new Promise<string>((resolve) => child.once('close', () => resolve(log.last)))
  // A server that outlives the command would hold its port and its folder.
  const atExit = () => child.kill('SIGKILL')
  process.once('exit', atExit)
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
    process.off('exit', atExit)
  }
  try {
    return {
      ...(await whenReady(child, log)),
      ended,
      stop: () => end('SIGTERM'),
      kill: () => end('SIGKILL'),
    }
  } catch (error) {
    if (child.pid !== undefined) await end('SIGKILL')
    throw error
  }
}

function program(): string {
  return process.env.NATS_SERVER_PATH ?? 'nats-server'
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: [process.env.PATH, ...SYSTEM_FOLDERS].join(delimiter) }
}

/** Returns whether the server can write each message to the disk before it acknowledges it. */
async function canSync(): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)(program(), ['--version'], { env: environment() })
    const [, major, minor] = /v(\d+)\.(\d+)/.exec(stdout) ?? []
    return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 10)
  } catch {
    // A program that cannot be started is reported where it is started as a server.
    return false
  }
}

/** Reads the server's log until it is ready; resolves to its addresses. */
function whenReady(
  child: ChildProcess,
  log: { last: string },
): Promise<Pick<NatsServer, 'url' | 'webSocketUrl'>> {
  return new Promise((resolve, reject) => {
    let url = ''
    let webSocketUrl: string | undefined
    child.once('error', (error) => {
      const found = 'code' in error && error.code === 'ENOENT' ? 'was not found' : error.message
      reject(new UsageError(`nats-server could not be started (${found}). ${INSTALL}.`))
    })
    child.once('close', () => {
      reject(
        new UsageError(`nats-server ended before it was ready; its last line was: ${log.last}`),
      )
    })
    if (child.stderr === null) return
    // Reading continues after the server is ready: it would stall on a full pipe.
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (line !== '') log.last = line
      const [, address] = /Listening for client connections on (\S+)/.exec(line) ?? []
      if (address !== undefined) url = `nats://${address}`
      webSocketUrl ??= /Listening for websocket clients on (\S+)/.exec(line)?.[1]
      if (line.includes('Server is ready')) resolve({ url, webSocketUrl })
    })
  })
}
