/** nats-servers of a study: its own, which runs while it is served, or those of a cluster. */
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import {
  AuthorizationError,
  ConnectionError,
  type NatsConnection,
  TimeoutError,
} from '@nats-io/nats-core'
import { serverTokens } from '../../collector/identities.ts'
import { oneSentence, UsageError } from '../errors.ts'
import { heldError, isAlive, type Release, tryLock } from '../lock.ts'
import { isAway } from '../nats/connect.ts'
import { type NatsServer, startNats } from '../nats/server.ts'
import { connectOwner } from './connect.ts'
import type { StudyFolder } from './folder.ts'
import { freePorts } from './free-ports.ts'
import { serverConfig } from './server-config.ts'
import { ensureStream } from './stream.ts'

/** Number of servers that hold a copy of what a cluster stores. */
const REPLICAS = 3

/** Returns the addresses of a study's servers for clients. */
export function serversOf({ state }: StudyFolder): string[] {
  const { cluster, ports } = state
  if (cluster === undefined) return [`nats://127.0.0.1:${ports.client}`]
  return cluster.nodes.map(({ host, ports: { client } }) => `nats://${host}:${client}`)
}

/** Returns the addresses of a study's servers for browsers. */
export function webSocketsOf({ state }: StudyFolder): { host: string; port: number }[] {
  const { cluster, ports } = state
  if (cluster === undefined) return [{ host: '127.0.0.1', port: ports.webSocket }]
  return cluster.nodes.map(({ host, ports: { webSocket } }) => ({ host, port: webSocket }))
}

/** Creates the stream of a study on its servers, or brings its limits up to date. */
export async function prepareStream(folder: StudyFolder): Promise<void> {
  const nodes = folder.state.cluster?.nodes.length ?? 1
  const owner = await connectOwner(serversOf(folder), folder.state.seeds)
  try {
    const replicas = nodes >= REPLICAS ? REPLICAS : 1
    await ensureStream(owner, folder.study.id, folder.limits, replicas)
  } finally {
    await owner.close()
  }
}

/** Returns whether the servers of a study can be reached. */
export async function areRunning(folder: StudyFolder): Promise<boolean> {
  const connection = await reach(folder)
  await connection?.close()
  return connection !== undefined
}

/**
 * Connects to the servers of a study; undefined where none listens. Throws a UsageError if the folder's own
 * server runs but does not answer, as a second one would write to the same files.
 */
async function reach(folder: StudyFolder): Promise<NatsConnection | undefined> {
  try {
    return await connectOwner(serversOf(folder), folder.state.seeds)
  } catch (error) {
    const own = error instanceof TimeoutError ? await ownProcess(folder) : undefined
    if (own !== undefined) {
      throw new UsageError(
        `The nats-server of ${folder.dir} (process ${own}) runs, but does not answer: try again, or stop it first`,
      )
    }
    if (error instanceof ConnectionError || isRefusedConnection(error)) return undefined
    if (error instanceof AuthorizationError) {
      throw new UsageError(
        `The servers at ${serversOf(folder).join(', ')} do not know this study: check that they use the configuration in its folder`,
      )
    }
    throw error
  }
}

/** Returns the process of the folder's own server; undefined if it does not run. */
async function ownProcess(folder: StudyFolder): Promise<number | undefined> {
  if (folder.state.cluster) return undefined
  const text = await readFile(pidFile(folder), 'utf8').catch(() => '')
  const pid = Number(text)
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) ? pid : undefined
}

function pidFile(folder: StudyFolder): string {
  return folder.path('nats', 'pid')
}

function isRefusedConnection(error: unknown): boolean {
  return (
    error instanceof Error &&
    /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|timeout/i.test(oneSentence(error))
  )
}

/** Number of times that work is begun if the servers it uses are stopped under it. */
const BEGINNINGS = 3

/**
 * Runs `work` while the servers of a study run; its own is started for that time if it does not run yet. If
 * “study serve” runs it and is stopped meanwhile, `work` is run again with a new server.
 */
export async function withServers<T>(folder: StudyFolder, work: () => Promise<T>): Promise<T> {
  if (folder.state.cluster) {
    if (!(await areRunning(folder))) throw unreachable(folder)
    await prepareStream(folder)
    return work()
  }
  for (let beginning = 1; ; beginning++) {
    const server = await ownServer(folder, 'command')
    try {
      await prepareStream(folder)
      return await work()
    } catch (error) {
      const isLost = isAway(error) || isRefusedConnection(error)
      if (server.isOurs || !isLost || beginning === BEGINNINGS) throw error
    } finally {
      await server.stop()
    }
  }
}

function unreachable(folder: StudyFolder): UsageError {
  return new UsageError(
    `None of the servers ${serversOf(folder).join(', ')} can be reached: start them with the configuration in ${folder.dir}`,
  )
}

/** Starts the folder's own server. Other ports are chosen if something else uses its ports. */
async function startOwn(folder: StudyFolder): Promise<NatsServer> {
  try {
    return await startOnPorts(folder)
  } catch (error) {
    if (!/address already in use/.test(oneSentence(error))) throw error
    const ports = await freePorts()
    await folder.change(() => ({ ports }))
    return startOnPorts(folder)
  }
}

async function startOnPorts(folder: StudyFolder): Promise<NatsServer> {
  const { ports } = folder.state
  return startNats({
    dir: folder.path('nats'),
    port: ports.client,
    sync: true,
    config: [
      `pid_file: ${JSON.stringify(pidFile(folder))}`,
      serverConfig({
        name: `study-${folder.study.id}`,
        tokens: await serverTokens(folder.served),
        tokenFolder: folder.path('nats', 'tokens'),
        webSocket: { host: '127.0.0.1', port: ports.webSocket },
      }),
    ].join('\n'),
  })
}

/** Pause before a server that ended is started again, in milliseconds: Ctrl+C ends both at once. */
const RESTART_AFTER = 500

/**
 * Keeps the servers of a study running until the signal aborts. `ready` is called once they run, and
 * `say` with what happens to them after that. Rejects if they cannot be started.
 */
export async function keepServers(
  folder: StudyFolder,
  { ready, say }: { ready: () => Promise<void>; say: (text: string) => void },
  signal: AbortSignal,
): Promise<void> {
  if (folder.state.cluster) {
    if (!(await areRunning(folder))) throw unreachable(folder)
    await prepareStream(folder)
    await ready()
    return aborted(signal)
  }
  let isFirst = true
  while (!signal.aborted) {
    const server = await ownServer(folder, 'serve')
    try {
      await prepareStream(folder)
      if (isFirst) await ready()
      else say('nats-server runs again; labellers’ browsers reconnect by themselves.')
      isFirst = false
      await Promise.race([server.ended, aborted(signal)])
      await wait(signal.aborted ? 0 : RESTART_AFTER)
      if (!signal.aborted) say('nats-server has ended; it is started again.')
    } finally {
      await server.stop()
    }
  }
}

/** Use of the folder's own server: until a command has ended, or as long as the study is served. */
type Use = 'command' | 'serve'

/** Time in which another command has to stop the folder's own server, in milliseconds, and pause between attempts. */
const CLAIM_PATIENCE = 30_000
const CLAIM_AGAIN = 100

/** Time in which a server that no longer accepts connections has to end, in milliseconds. */
const END_PATIENCE = 5000

interface OwnServer extends Pick<NatsServer, 'stop'> {
  readonly ended: Promise<unknown>
  /** Whether nobody else stops it. */
  readonly isOurs: boolean
}

/**
 * Starts the folder's own server, or uses it while “study serve” runs it. The folder is locked until it is
 * stopped, because two servers on the same files would lose what they have acknowledged. Throws a
 * UsageError if others lock it for too long.
 */
async function ownServer(folder: StudyFolder, use: Use): Promise<OwnServer> {
  const path = folder.path('nats.lock')
  const until = Date.now() + CLAIM_PATIENCE
  for (;;) {
    const found = await tryLock(path, use)
    await folder.reload()
    if (typeof found === 'function') return lockedServer(folder, found)
    const isServed = found.use === ('serve' satisfies Use)
    const running = isServed ? await reach(folder) : undefined
    if (running) return asServer(running)
    if (Date.now() >= until) throw heldError(path, found)
    await wait(CLAIM_AGAIN)
  }
}

/** Starts the folder's own server, whose end unlocks the folder. */
async function lockedServer(folder: StudyFolder, release: Release): Promise<OwnServer> {
  try {
    // A server runs already if the command that had started it was killed.
    const running = await reach(folder)
    if (running === undefined) await untilEnded(folder)
    const server = running ? asServer(running) : await startOwn(folder)
    return { ended: server.ended, isOurs: true, stop: () => server.stop().finally(release) }
  } catch (error) {
    await release()
    throw error
  }
}

function asServer(connection: NatsConnection): OwnServer {
  return { ended: connection.closed(), isOurs: false, stop: () => connection.close() }
}

/** Waits for a server that is writing what it has stored, and gives up if its number may be another process's. */
async function untilEnded(folder: StudyFolder): Promise<void> {
  const until = Date.now() + END_PATIENCE
  while ((await ownProcess(folder)) !== undefined && Date.now() < until) await wait(CLAIM_AGAIN)
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
