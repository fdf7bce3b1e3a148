/** The browser's database: opened when first used, reopened when the browser closed it. */
import type { IDBPTransaction } from 'idb'
import { type ChangeListener, Changes } from './changes.ts'
import { type ConnectionEvents, connect, type Opened } from './connect.ts'
import { explainStorage, StorageError } from './errors.ts'
import { DATABASE_NAME, type LabConnection, type LabSchema, type LabStore } from './schema.ts'

type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<LabSchema, LabStore[], Mode>
export type Reading = Transaction<'readonly'>
export type Writing = Transaction<'readwrite'>

export interface DatabaseOptions {
  readonly name?: string
  /** Told of what happens between calls: that data was cleared, or that the page is outdated. */
  readonly notify?: (notice: StorageError) => void
  /** Milliseconds to wait for another tab to let go of an older form. */
  readonly patience?: number
}

/**
 * What a transaction ends with when its connection breaks: which one depends on when, and on the
 * browser (Safari's lost server is an UnknownError).
 */
const BREAKS = new Set(['InvalidStateError', 'UnknownError', 'AbortError'])

/**
 * All methods reject with a StorageError for what the browser refuses. A transaction is whole or
 * not at all, and no method resolves before it is committed.
 */
export class LabDatabase {
  readonly #name: string
  readonly #notify: (notice: StorageError) => void
  readonly #patience: number
  readonly #changes: Changes
  /** Writes whose commit was not announced yet. */
  readonly #writes = new Set<Promise<unknown>>()
  #connection: Promise<LabConnection> | undefined
  #wasOpen = false
  #outdated = false

  constructor({ name = DATABASE_NAME, notify, patience = 3000 }: DatabaseOptions = {}) {
    this.#name = name
    this.#notify = notify ?? (() => undefined)
    this.#patience = patience
    this.#changes = new Changes(`${name} changes`)
  }

  read<T>(stores: LabStore[], work: (transaction: Reading) => Promise<T>): Promise<T> {
    return this.#withConnection((connection) =>
      committed(connection.transaction(stores, 'readonly'), work),
    )
  }

  /**
   * Writes with strict durability: resolves when the browser has put it on the disk. `work` may run
   * a second time where the connection broke before the commit, and may await nothing but the
   * transaction's own requests. Every tab then hears of the stores.
   */
  async write<T>(stores: LabStore[], work: (transaction: Writing) => Promise<T>): Promise<T> {
    const writing = this.#withConnection((connection) =>
      committed(connection.transaction(stores, 'readwrite', { durability: 'strict' }), work),
    ).then((result) => {
      this.#changes.announce(stores)
      return result
    })
    this.#writes.add(writing)
    try {
      return await writing
    } finally {
      this.#writes.delete(writing)
    }
  }

  /** Listens to what any tab commits; returns what ends it. */
  onChange(listener: ChangeListener): () => void {
    return this.#changes.listen(listener)
  }

  /** Lets go of the database; writes under way are finished, and announced, first. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#writes)
    this.#changes.close()
    const connection = await this.#connection?.catch(() => undefined)
    connection?.close()
    this.#connection = undefined
  }

  async #withConnection<T>(work: (connection: LabConnection) => Promise<T>): Promise<T> {
    const used = this.#open()
    try {
      return await work(await used)
    } catch (error) {
      if (!this.#isBroken(error, used)) throw explainStorage(error)
    }
    try {
      return await work(await this.#open())
    } catch (error) {
      throw explainStorage(error)
    }
  }

  /** Whether the connection broke under a transaction, which then left nothing behind. */
  #isBroken(error: unknown, used: Promise<LabConnection>): boolean {
    if (error instanceof StorageError || !this.#wasOpen) return false
    if (error instanceof DOMException && BREAKS.has(error.name)) {
      this.#forget(used)
      used.then(
        (connection) => connection.close(),
        () => undefined,
      )
    }
    return this.#connection !== used
  }

  #open(): Promise<LabConnection> {
    if (this.#outdated) return Promise.reject(new StorageError('outdated'))
    if (this.#connection === undefined) {
      const connection = this.#connect()
      this.#connection = connection
      connection.catch(() => this.#forget(connection))
    }
    return this.#connection
  }

  async #connect(): Promise<LabConnection> {
    const { connection, created } = await this.#opened({
      terminated: () => {
        this.#connection = undefined
      },
      gaveWay: (wanted) => {
        this.#connection = undefined
        if (wanted === null) return
        this.#outdated = true
        this.#notify(new StorageError('outdated'))
      },
    })
    if (created && this.#wasOpen) this.#notify(new StorageError('cleared'))
    this.#wasOpen = true
    return connection
  }

  async #opened(events: ConnectionEvents): Promise<Opened> {
    try {
      return await connect(this.#name, this.#patience, events)
    } catch (error) {
      // Browsers refuse private windows with the error that they have for closed connections, too.
      const refused = error instanceof DOMException && error.name === 'InvalidStateError'
      throw refused && !this.#wasOpen ? new StorageError('unavailable', error) : error
    }
  }

  #forget(connection: Promise<LabConnection>): void {
    if (this.#connection === connection) this.#connection = undefined
  }
}

/** Runs the work and waits for the commit; after an error nothing of it remains. */
async function committed<T, Mode extends 'readonly' | 'readwrite'>(
  transaction: Transaction<Mode>,
  work: (transaction: Transaction<Mode>) => Promise<T>,
): Promise<T> {
  try {
    const result = await work(transaction)
    await transaction.done
    return result
  } catch (error) {
    try {
      transaction.abort()
    } catch {
      // It has ended already, which is what made the work fail.
    }
    await transaction.done.catch(() => undefined)
    // A full disk shows in the transaction; its requests only say that they were called off.
    throw transaction.error ?? error
  }
}
