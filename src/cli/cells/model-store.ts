import type { NatsConnection } from '@nats-io/nats-core'
import { type ObjectStore, Objm } from '@nats-io/obj'
import { sha256 } from '../write-model.ts'

const BUCKET = 'jumppad-models'

/** Number of times that a model is read: a worker may replace it by the same model meanwhile. */
const ATTEMPTS = 3

/** Model files in the collector's object store, under the SHA-256 digests of their content. */
export class ModelStore {
  readonly #objects: ObjectStore

  private constructor(objects: ObjectStore) {
    this.#objects = objects
  }

  static async open(connection: NatsConnection): Promise<ModelStore> {
    return new ModelStore(await new Objm(connection).create(BUCKET))
  }

  async has(digest: string): Promise<boolean> {
    const info = await this.#objects.info(digest)
    return info !== null && !info.deleted
  }

  async write(digest: string, bytes: Uint8Array): Promise<void> {
    if (!(await this.has(digest))) await this.#objects.putBlob({ name: digest }, bytes)
  }

  /** Reads a model and verifies its digest. */
  async read(digest: string): Promise<Uint8Array> {
    let found = 'no model'
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const bytes = await this.#objects.getBlob(digest)
      if (bytes === null) break
      const actual = sha256(bytes)
      if (actual === digest) return bytes
      found = `a model with the digest ${actual}`
    }
    throw new Error(
      `The collector has ${found} in place of ${digest}: run the command that asked for the cell again, which provides it`,
    )
  }
}
