/**
 * Queue of answers to be saved one after another, in the order they were given. An answer that the disk
 * refuses for now stays in the queue and is retried; one that can never be saved is put aside, so that
 * it does not block the answers after it.
 */
import type { LabelEntry } from '../../storage/index.ts'

export interface OutboxState {
  readonly unsaved: number
  /** Reason why the first of them could not be saved yet. */
  readonly problem: string | undefined
}

interface OutboxOptions {
  save(entry: LabelEntry): Promise<unknown>
  /** Returns whether a retry is useless, because the entry itself is invalid. */
  isFinal(error: unknown, entry: LabelEntry): boolean
  /** Called with an entry that can never be saved. */
  onRefused(entry: LabelEntry, error: unknown): void
  /** Called with each entry after its commit. */
  onSaved(entry: LabelEntry): void
  onChange(state: OutboxState): void
}

/** Milliseconds until a refused answer is retried automatically. */
export const RETRY_MS = 5_000

export class Outbox {
  readonly #options: OutboxOptions
  readonly #entries: LabelEntry[] = []
  #waiting: (() => void)[] = []
  #problem: string | undefined
  #busy = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  get unsaved(): number {
    return this.#entries.length
  }

  /** Reason why the first of them could not be saved yet. */
  get problem(): string | undefined {
    return this.#problem
  }

  add(entry: LabelEntry): void {
    this.#entries.push(entry)
    this.#tell()
    this.retry()
  }

  /** Tries to save what is queued, unless that is under way. */
  retry(): void {
    clearTimeout(this.#timer)
    if (!this.#busy) void this.#flush()
  }

  /** Resolves once the queue is empty. */
  drained(): Promise<void> {
    if (this.#entries.length === 0) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Saves queued entries until one is refused. Never rejects: failures are reported by callbacks. */
  async #flush(): Promise<void> {
    this.#busy = true
    for (let entry = this.#entries[0]; entry !== undefined; entry = this.#entries[0]) {
      try {
        await this.#options.save(entry)
      } catch (error) {
        if (this.#options.isFinal(error, entry)) {
          this.#entries.shift()
          this.#options.onRefused(entry, error)
          continue
        }
        this.#problem = error instanceof Error ? error.message : String(error)
        this.#timer = setTimeout(() => this.retry(), RETRY_MS)
        break
      }
      this.#problem = undefined
      this.#entries.shift()
      this.#options.onSaved(entry)
      this.#tell()
    }
    this.#busy = false
    this.#tell()
    if (this.#entries.length > 0) return
    for (const resolve of this.#waiting) resolve()
    this.#waiting = []
  }

  #tell(): void {
    this.#options.onChange({ unsaved: this.#entries.length, problem: this.#problem })
  }
}
