/** Scores of one reward model, computed by the scoring worker and kept for as long as they are looked at. */

import type { Clip } from '../../alignment/labels/index.ts'
import type { OcclusionMap } from '../../alignment/occlusion.ts'
import { connectScoringWorker, type ScoringConnection } from '../../lab/scoring/connect.ts'
import type { OcclusionOrder, OnDone, ScoringWorker } from '../../lab/scoring/protocol.ts'
import type { Candidate } from '../data/candidates.ts'

interface Opened {
  readonly connection: ScoringConnection
  readonly scale: Promise<number | undefined>
}

export class RewardReader {
  readonly #model: Candidate
  /** Running rewards by clip id. */
  readonly #running = new Map<string, Float32Array>()
  #opened: Opened | undefined
  #ended = false

  constructor(model: Candidate) {
    this.#model = model
  }

  /** Resolves to the factor from a difference of rewards to a logit; undefined if the file does not say. */
  async scale(): Promise<number | undefined> {
    return this.#open().scale
  }

  /**
   * Resolves to the running rewards of the clips, in their order, or undefined on `stop`. Clips that were
   * scored before are not scored again. `onDone` receives the number of clips that are scored. Rejects if
   * `signal` aborts before the model is loaded: then there is nothing yet that `stop` could stop.
   */
  async score(
    clips: readonly Clip[],
    onDone: OnDone,
    signal?: AbortSignal,
  ): Promise<Float32Array[] | undefined> {
    const missing = clips.filter(({ id }) => !this.#running.has(id))
    const known = clips.length - missing.length
    if (missing.length > 0) {
      const worker = await this.#worker()
      signal?.throwIfAborted()
      const found = await worker.score(missing, (done) => onDone(known + done))
      if (found === undefined) return undefined
      for (const [index, rewards] of found.entries()) {
        this.#running.set(missing[index]?.id ?? '', rewards)
      }
    }
    return clips.flatMap(({ id }) => this.#running.get(id) ?? [])
  }

  /** Resolves to what changes the reward at a decision, or undefined on `stop`. */
  async occlude(order: OcclusionOrder, onDone: OnDone): Promise<OcclusionMap | undefined> {
    return (await this.#worker()).occlude(order, onDone)
  }

  /** Stops what is computed now. */
  stop(): void {
    void this.#opened?.connection.worker.stop().catch(() => undefined)
  }

  /** Ends the worker; afterwards all calls reject. */
  end(): void {
    this.#ended = true
    this.#opened?.connection.end()
    this.#opened = undefined
  }

  async #worker(): Promise<ScoringWorker> {
    const { connection, scale } = this.#open()
    await scale
    return connection.worker
  }

  /** Starts the worker on first use, and again after a failure. */
  #open(): Opened {
    if (this.#opened) return this.#opened
    // Nobody would end a worker that was started now.
    if (this.#ended)
      throw new Error('This reward model has been closed: open it again to score clips.')
    const connection = connectScoringWorker()
    const scale = this.#model
      .source()
      .then((source) => connection.worker.open(source))
      .then((opened) => opened.scale)
    const opened = { connection, scale }
    const forget = () => {
      connection.end()
      if (this.#opened === opened) this.#opened = undefined
    }
    scale.catch(forget)
    connection.broken.catch(forget)
    this.#opened = opened
    return opened
  }
}
