import { z } from 'zod'
import { type Store, type TooFewUpdate, tooFewUpdatesSchema } from '../../procedure/index.ts'
import type { TrainingReport } from '../../procedure/training/index.ts'

const FILE = 'journal.json'

const journalSchema = z.object({
  /** Plan of the training; only the journal of the same plan is continued. */
  identity: z.string(),
  seconds: z.number().nonnegative(),
  updates: tooFewUpdatesSchema,
})

/**
 * Curves and time of a training, kept beside its checkpoints: a resumed training does not report again
 * what came before its last checkpoint. Updates repeated after a resume replace their first record.
 */
export class Journal {
  readonly #store: Store
  readonly #identity: string
  readonly #updates: TooFewUpdate[]
  #seconds: number
  #since = performance.now()
  /** Update that was reported last. */
  #current = 0

  private constructor(store: Store, { identity, seconds, updates }: z.infer<typeof journalSchema>) {
    this.#store = store
    this.#identity = identity
    this.#seconds = seconds
    this.#updates = updates
  }

  /** Opens the journal of a plan, empty where there is none or it belongs to another plan. */
  static async open(store: Store, identity: string): Promise<Journal> {
    const bytes = await store.read(FILE)
    const kept = bytes && journalSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
    const fresh = { identity, seconds: 0, updates: [] }
    return new Journal(store, kept?.identity === identity ? kept : fresh)
  }

  get updates(): readonly TooFewUpdate[] {
    return this.#updates
  }

  /** Seconds of training so far, without those lost to an interruption. */
  get seconds(): number {
    const now = performance.now()
    this.#seconds += (now - this.#since) / 1000
    this.#since = now
    return this.#seconds
  }

  /** Adds what a report says; it is stored before the training continues, and so before its checkpoint. */
  async take(report: TrainingReport): Promise<void> {
    if (report.kind === 'point' && report.curve === 'reinforcement') {
      const { step, reward = Number.NaN, kl = Number.NaN } = report.point
      this.#current = step
      this.#updates[step] = { update: step, reward: rounded(reward), kl: rounded(kl) }
    } else if (report.kind === 'paths') {
      const update = this.#updates[this.#current]
      if (update) this.#updates[this.#current] = { ...update, endings: report.endings }
    } else if (report.kind !== 'checkpoint') {
      return
    }
    await this.#save()
  }

  #save(): Promise<void> {
    const journal = { identity: this.#identity, seconds: this.seconds, updates: this.#updates }
    return this.#store.write(FILE, new TextEncoder().encode(JSON.stringify(journal)))
  }
}

/** Rounds to four digits, as many as a chart shows: a file of nine runs stays small. */
export function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
