/** Storage for the checkpoints of a job: a folder, a browser database, or memory. */
export interface Store {
  /** Resolves with the bytes under `name`, or with undefined when there are none. */
  read(name: string): Promise<Uint8Array | undefined>
  /** Resolves once the bytes are durably stored; the previous bytes stay until then. */
  write(name: string, bytes: Uint8Array): Promise<void>
  /** Deletes what is stored under `name`, if anything. */
  remove(name: string): Promise<void>
}

/** Creates a store in memory, for tests and for jobs that are never resumed. */
export function memoryStore(): Store {
  const kept = new Map<string, Uint8Array>()
  return {
    read: (name) => Promise.resolve(kept.get(name)),
    write(name, bytes) {
      kept.set(name, bytes.slice())
      return Promise.resolve()
    },
    remove(name) {
      kept.delete(name)
      return Promise.resolve()
    },
  }
}
