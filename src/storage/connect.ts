import { openDB } from 'idb'
import { StorageError } from './errors.ts'
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
 * Opens the database and brings it to today's form. Rejects with a StorageError where there is none
 * or where another tab has not let go of an older form after `patience` milliseconds, else with the
 * browser's own error.
 */
export async function connect(
  name: string,
  patience: number,
  events: ConnectionEvents,
): Promise<Opened> {
  if (typeof indexedDB === 'undefined') throw new StorageError('unavailable')
  let created = false
  let current: LabConnection | undefined
  const patient = deadline(patience)
  const opening: Promise<LabConnection> = openDB<LabSchema>(name, DATABASE_VERSION, {
    upgrade(connection, from, _to, upgrade) {
      created = from === 0
      migrate(connection, upgrade, from)
    },
    blocked: patient.start,
    blocking(_version, wanted) {
      current?.close()
      events.gaveWay(wanted)
    },
    terminated: events.terminated,
  })
  try {
    current = await Promise.race([opening, patient.exceeded])
    return { connection: current, created }
  } catch (error) {
    // Should it open after all, nobody waits for it, and left open it would block other tabs.
    opening.then(
      (late) => late.close(),
      () => undefined,
    )
    throw error
  } finally {
    patient.stop()
  }
}

/** A promise that is refused some milliseconds after `start`, unless stopped before. */
function deadline(milliseconds: number) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let refuse: (error: StorageError) => void = () => undefined
  const exceeded = new Promise<never>((_resolve, reject) => {
    refuse = reject
  })
  return {
    exceeded,
    start: () => {
      timer = setTimeout(() => refuse(new StorageError('blocked')), milliseconds)
    },
    stop: () => clearTimeout(timer),
  }
}
