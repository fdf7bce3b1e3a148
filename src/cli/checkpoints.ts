/**
 * Checkpoints of training runs started from the command line, keyed by all of a run's inputs and
 * kept until its result has been saved.
 */
import { createHash } from 'node:crypto'
import { WORLD_VERSION } from '../island/index.ts'
import { decodeCheckpoint, type Store } from '../procedure/index.ts'
import { folderStore } from './folder-store.ts'

/** File of the seconds that a training run had taken when it wrote its last checkpoint. */
const SECONDS = 'seconds.txt'

/**
 * Checkpoints of one training run, and its time. Runs that differ in a setting, a model or their data may
 * share a folder: each one finds only its own checkpoints.
 */
export class Checkpoints implements Store {
  /** Text that encodes all inputs of the training run. */
  readonly identity: string
  readonly #folder: string
  readonly #store: Store
  readonly #prefix: string
  readonly #names = new Set<string>()
  readonly #begun = performance.now()
  /** Seconds that the training run had taken before it was interrupted. */
  #before = 0

  /** `inputs` are settings, seeds, and digests of models and data; they must be JSON-serialisable. */
  constructor(folder: string, inputs: readonly unknown[]) {
    this.identity = JSON.stringify([WORLD_VERSION, ...inputs])
    this.#folder = folder
    this.#store = folderStore(folder)
    const digest = createHash('sha256').update(this.identity).digest('hex')
    this.#prefix = `${digest.slice(0, 12)}-`
  }

  /** Training time in whole seconds since the creation of this instance, including time before a resume. */
  get trainingSeconds(): number {
    return Math.round(this.#seconds)
  }

  get #seconds(): number {
    return this.#before + (performance.now() - this.#begun) / 1000
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    this.#names.add(name)
    return this.#store.read(this.#prefix + name)
  }

  /** Writes a checkpoint, and then the time that the training run has taken so far. */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    await this.#write(name, bytes)
    await this.#write(SECONDS, new TextEncoder().encode(String(this.#seconds)))
  }

  #write(name: string, bytes: Uint8Array): Promise<void> {
    this.#names.add(name)
    return this.#store.write(this.#prefix + name, bytes)
  }

  remove(name: string): Promise<void> {
    return this.#store.remove(this.#prefix + name)
  }

  /**
   * Removes all checkpoints that this instance has read or written. Call it once the result has
   * been saved.
   */
  async clear(): Promise<void> {
    await Promise.all([...this.#names].map((name) => this.remove(name)))
  }

  /**
   * Continues the time of an interrupted training run, and reports on standard error that it resumes, if
   * there is a checkpoint.
   */
  async resume(name: string): Promise<void> {
    const kept = await this.read(name)
    if (kept === undefined) return
    const { step } = decodeCheckpoint(kept).snapshot
    const seconds = Number(new TextDecoder().decode(await this.read(SECONDS)))
    this.#before = Number.isFinite(seconds) ? seconds : 0
    process.stderr.write(
      `Resuming the training that was interrupted after update ${step}; its checkpoint is in ${this.#folder}.\n`,
    )
  }
}
