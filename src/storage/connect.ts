import { openDB } from 'idb'
import { StorageError, type StorageProblem } from './errors.ts'
import { DATABASE_VERSION, type LabConnection, type LabSchema, migrate } from './schema.ts'

export interface ConnectionEvents {
  /**
   * Another tab wanted the database in form `wanted`, or (null) deleted; the connection was closed
   * so as not to stand in its way.
   */
  gaveWay(wanted: number | null): void
  /** The browser closed the connection: data was cleared, or something broke. */
  terminated(): void
}

export interface Opened {
  readonly connection: LabConnection
  /** Whether there was no database yet. */
  readonly created: boolean
}

/**
 * Databases whose opening was given up and may still come: whatever this page opens next waits behind
 * it in the browser's queue, and is told nothing.
 */
const stuck = new Set<string>()

/** An opening that waits behind another tab's is given up after so many times the patience. */
const TIMES_IN_QUEUE = 5

/**
 * Opens the database and brings it to today's form. Rejects with a StorageError where there is none
 * or where another tab has not let go of an older form after `patience` milliseconds, and from then on
 * at once for as long as that lasts; else with the browser's own error.
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
    // Should it open after all, nobody waits for it, and left open it would block other tabs.
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

/** A promise that is refused some milliseconds after `start`, unless stopped before. */
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
