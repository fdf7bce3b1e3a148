/** IndexedDB database that is opened on first use and reopened when the browser closes the connection. */
import type { IDBPTransaction } from 'idb'
import { type ChangeListener, Changes } from './changes.ts'
import { type ConnectionEvents, connect, type Opened } from './connect.ts'
import { explainStorage, StorageError } from './errors.ts'
import { DATABASE_NAME, type LabConnection, type LabSchema, type LabStore } from './schema.ts'

type Transaction<Mode extends IDBTransactionMode> = IDBPTransaction<LabSchema, LabStore[], Mode>
export type Reading = Transaction<'readonly'>
export type Writing = Transaction<'readwrite'>

/** Callback for events between calls: cleared data, or an outdated page. */
export type NoticeListener = (notice: StorageError) => void

export interface DatabaseOptions {
  readonly name?: string
  /** Milliseconds to wait for another tab to close an older version of the database. */
  readonly patience?: number
}

/**
 * Names of the errors with which a transaction ends when its connection breaks. They depend on the
 * timing and on the browser (Safari reports a lost server as UnknownError).
 */
const BREAKS = new Set(['InvalidStateError', 'UnknownError', 'AbortError'])

/**
 * Database of the lab. All methods reject with a StorageError for errors from the browser.
 * Transactions are atomic, and methods resolve only after the commit.
 */
export class LabDatabase {
  readonly #name: string
  readonly #noticeListeners = new Set<NoticeListener>()
  readonly #patience: number
  readonly #changes: Changes
  /** Writes that are not yet committed and announced. */
  readonly #writes = new Set<Promise<unknown>>()
  #connection: Promise<LabConnection> | undefined
  #wasOpen = false
  #outdated = false

  constructor({ name = DATABASE_NAME, patience = 3000 }: DatabaseOptions = {}) {
    this.#name = name
    this.#patience = patience
    this.#changes = new Changes(`${name} changes`)
  }

  read<T>(stores: LabStore[], work: (transaction: Reading) => Promise<T>): Promise<T> {
    return this.#withConnection((connection) =>
      committed(connection.transaction(stores, 'readonly'), work),
    )
  }

  /**
   * Writes with strict durability: notifies every tab and resolves once the browser has flushed the
   * data to disk. `work` may run a second time if the connection breaks before the commit, and may
   * await only requests of the transaction.
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

  /** Adds a listener for commits by any tab; returns a function that removes it. */
  onChange(listener: ChangeListener): () => void {
    return this.#changes.listen(listener)
  }

  /** Adds a listener for events between calls; returns a function that removes it. */
  onNotice(listener: NoticeListener): () => void {
    this.#noticeListeners.add(listener)
    return () => this.#noticeListeners.delete(listener)
  }

  /**
   * Closes the connection once writes under way are committed and announced, and forgets all
   * listeners. A later call opens the database again, as on a first visit.
   */
  async close(): Promise<void> {
    await Promise.allSettled(this.#writes)
    this.#changes.close()
    this.#noticeListeners.clear()
    const connection = await this.#connection?.catch(() => undefined)
    connection?.close()
    this.#connection = undefined
    this.#wasOpen = false
  }

  #notify(notice: StorageError): void {
    for (const listener of this.#noticeListeners) listener(notice)
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

  /** Returns whether the connection broke during a transaction, which then left no changes. */
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
      // In private windows, browsers throw the same error as for closed connections.
      const refused = error instanceof DOMException && error.name === 'InvalidStateError'
      throw refused && !this.#wasOpen ? new StorageError('unavailable', error) : error
    }
  }

  #forget(connection: Promise<LabConnection>): void {
    if (this.#connection === connection) this.#connection = undefined
  }
}

/** Runs the work and waits for the commit; on an error, the transaction is rolled back. */
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
      // The transaction has already ended, which caused the work to fail.
    }
    await transaction.done.catch(() => undefined)
    // Only the transaction's error reveals a full disk; its requests just report that they were aborted.
    throw transaction.error ?? error
  }
}
