/** Where a job keeps its checkpoints: a folder, a browser's database, or memory. */
export interface Store {
  /** The bytes under `name`, or undefined when nothing is kept there. */
  read(name: string): Promise<Uint8Array | undefined>
  /** Resolves once the bytes are safely kept; what was there before stays until then. */
  write(name: string, bytes: Uint8Array): Promise<void>
  /** Forgets what is kept under `name`, if anything. */
  remove(name: string): Promise<void>
}

/** A store that lasts as long as the program: for tests and for jobs nobody resumes. */
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
