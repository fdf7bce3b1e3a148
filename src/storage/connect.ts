import { openDB } from 'idb'
import { StorageError, type StorageProblem } from './errors.ts'
import { DATABASE_VERSION, type LabConnection, type LabSchema, migrate } from './schema.ts'

export interface ConnectionEvents {
  /**
   * Called when another tab requests the database in version `wanted`, or its deletion if null. The
   * connection was closed so as not to block that request.
   */
  gaveWay(wanted: number | null): void
  /** Called when the browser has closed the connection: data was cleared, or an error occurred. */
  terminated(): void
}

export interface Opened {
  readonly connection: LabConnection
  /** Whether the database was newly created. */
  readonly created: boolean
}

/**
 * Databases whose opening was abandoned but is still pending: any later attempt by this page would
 * wait behind it in the browser's queue without any event.
 */
const stuck = new Set<string>()

/** Multiple of `patience` after which an opening that waits behind another tab's is abandoned. */
const TIMES_IN_QUEUE = 5

/**
 * Opens the database and migrates it to the current version. Rejects with a StorageError if
 * IndexedDB is not available; if another tab keeps an older version open for longer than `patience`
 * milliseconds, or the request is queued for five times as long; and immediately on further calls
 * while that request is pending. Other failures reject with the browser's own error.
 */
export async function connect(
  name: string,
  patience: number,
  events: ConnectionEvents,
): Promise<Opened> {
  if (typeof indexedDB === 'undefined') throw new StorageError('unavailable')
  if (stuck.has(name)) throw new StorageError('blocked')
  let created = false
  let current: LabConnection | undefined
  const blocked = deadline(patience, 'blocked')
  const queued = deadline(TIMES_IN_QUEUE * patience, 'queued')
  const opening: Promise<LabConnection> = openDB<LabSchema>(name, DATABASE_VERSION, {
    upgrade(connection, from, _to, upgrade) {
      created = from === 0
      migrate(connection, upgrade, from)
    },
    blocked: blocked.start,
    blocking(_version, wanted) {
      current?.close()
      events.gaveWay(wanted)
    },
    terminated: events.terminated,
  })
  queued.start()
  try {
    current = await Promise.race([opening, blocked.exceeded, queued.exceeded])
    return { connection: current, created }
  } catch (error) {
    stuck.add(name)
    // If it opens later, it no longer has a user, and an open connection would block other tabs.
    void opening
      .then(
        (late) => late.close(),
        () => undefined,
      )
      .then(() => stuck.delete(name))
    throw error
  } finally {
    blocked.stop()
    queued.stop()
  }
}

/**
 * Returns a promise that rejects with a StorageError `milliseconds` after `start`, unless `stop` is
 * called first.
 */
function deadline(milliseconds: number, problem: StorageProblem) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let refuse: (error: StorageError) => void = () => undefined
  const exceeded = new Promise<never>((_resolve, reject) => {
    refuse = reject
  })
  return {
    exceeded,
    start: () => {
      timer = setTimeout(() => refuse(new StorageError(problem)), milliseconds)
    },
    stop: () => clearTimeout(timer),
  }
}
