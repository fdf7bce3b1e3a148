/** Checkpoints of the command line's trainings: apart by all that went into each, and safe until its result is. */
import { createHash } from 'node:crypto'
import { WORLD_VERSION } from '../island/index.ts'
import { decodeCheckpoint, type Store } from '../procedure/index.ts'
import { folderStore } from './folder-store.ts'

/**
 * The checkpoints of one training. Trainings that differ in a setting, a model or their data may share
 * a folder: each finds its own only.
 */
export class Checkpoints implements Store {
  /** Text that stands for all that went into the training. */
  readonly identity: string
  readonly #folder: string
  readonly #store: Store
  readonly #prefix: string
  readonly #names = new Set<string>()

  /** `inputs` are settings, seeds, and digests of models and data, as JSON can hold them. */
  constructor(folder: string, inputs: readonly unknown[]) {
    this.identity = JSON.stringify([WORLD_VERSION, ...inputs])
    this.#folder = folder
    this.#store = folderStore(folder)
    const digest = createHash('sha256').update(this.identity).digest('hex')
    this.#prefix = `${digest.slice(0, 12)}-`
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    this.#names.add(name)
    return this.#store.read(this.#prefix + name)
  }

  write(name: string, bytes: Uint8Array): Promise<void> {
    this.#names.add(name)
    return this.#store.write(this.#prefix + name, bytes)
  }

  remove(name: string): Promise<void> {
    return this.#store.remove(this.#prefix + name)
  }

  /** Removes all of them: to be called once the training's result is safe. */
  async clear(): Promise<void> {
    await Promise.all([...this.#names].map((name) => this.remove(name)))
  }

  /** Says on standard error where a training goes on that was interrupted. */
  async announce(name: string): Promise<void> {
    const kept = await this.read(name)
    if (kept === undefined) return
    const { step } = decodeCheckpoint(kept).snapshot
    process.stderr.write(
      `Going on with the training that was interrupted after update ${step}; its checkpoint is in ${this.#folder}.\n`,
    )
  }
}
