/** Requests to the labelling worker: clips of a policy, and reward models to pick pairs by. */

import type { Clip, RewardEnsemble } from '../../alignment/labels/index.ts'
import type { IslandMap } from '../../island/index.ts'
import { connectLabellingWorker, type LabellingConnection } from '../../lab/labelling/connect.ts'
import type { LabellingWorker, Lesson } from '../../lab/labelling/protocol.ts'
import type { Candidate } from '../data/candidates.ts'
import { isComplete, rangesAfter } from '../data/clip-pool.ts'
import { problemOf } from '../sentences.ts'
import { useDesk } from './store.ts'

/** Measured time in which a worker played clips. */
export interface ClipSpeed {
  readonly clips: number
  readonly seconds: number
  /** Number of parameters of the network that played. */
  readonly parameters: number
}

/** Minimum number of clips for a measurement: as many as trainings play at once; fewer take longer each. */
const FEWEST_TO_MEASURE = 64

export class PoolMaker {
  readonly #onClips: (pool: readonly Clip[]) => void
  readonly #onSpeed: (made: ClipSpeed) => void
  #connection: LabellingConnection | undefined
  /** Policy that the worker has open, or is opening. */
  #opened: { readonly digest: string; readonly done: Promise<void> } | undefined
  #filling = 0
  #ended = false

  /** `onClips` is called with every grown pool, `onSpeed` with the time for a large range of clips. */
  constructor(onClips: (pool: readonly Clip[]) => void, onSpeed: (made: ClipSpeed) => void) {
    this.#onClips = onClips
    this.#onSpeed = onSpeed
  }

  end(): void {
    this.#ended = true
    this.#connection?.end()
  }

  /**
   * Completes a policy's pool on an island and calls `keep` after each range. Failures are shown as
   * `poolProblem`.
   */
  async fill(
    model: Candidate | undefined,
    island: IslandMap | undefined,
    pool: readonly Clip[],
    keep: (pool: readonly Clip[]) => Promise<unknown>,
  ): Promise<void> {
    const filling = ++this.#filling
    useDesk.setState({ poolProblem: undefined })
    if (isComplete(pool)) return
    try {
      const worker = await this.#open(model)
      let made = pool
      for (const range of rangesAfter(pool.length)) {
        const begun = performance.now()
        const clips = await worker.play({ ...range, island })
        const seconds = (performance.now() - begun) / 1000
        if (filling !== this.#filling || this.#ended) return
        if (model?.parameters && range.count >= FEWEST_TO_MEASURE) {
          this.#onSpeed({ clips: clips.length, seconds, parameters: model.parameters })
        }
        made = [...made.slice(0, range.first), ...clips]
        this.#onClips(made)
        await keep(made)
      }
    } catch (error) {
      this.#forget()
      if (filling === this.#filling) useDesk.setState({ poolProblem: problemOf(error) })
    }
  }

  /** Trains reward models on the trunk of a policy. */
  async learn(model: Candidate | undefined, lesson: Lesson): Promise<RewardEnsemble> {
    const worker = await this.#open(model)
    return worker.learn(lesson)
  }

  async #open(model: Candidate | undefined): Promise<LabellingWorker> {
    if (!model) {
      throw new Error(
        'The policy of this session is not available on this site or in this browser: end the session and choose another, or add its file on the Watch page.',
      )
    }
    this.#connection ??= this.#connect()
    const { worker } = this.#connection
    if (this.#opened?.digest !== model.sha256) {
      const done = model
        .source()
        .then((source) => worker.open({ model: source, digest: model.sha256 }))
      this.#opened = { digest: model.sha256, done }
      // The next call tries again.
      done.catch(() => {
        if (this.#opened?.done === done) this.#opened = undefined
      })
    }
    await this.#opened.done
    return worker
  }

  #connect(): LabellingConnection {
    const connection = connectLabellingWorker()
    // Even where no call is under way, so that the next one gets a new worker.
    connection.broken.catch(() => {
      if (this.#connection === connection) this.#forget()
    })
    return connection
  }

  /** Discards the worker, so that the next call starts a new one. */
  #forget(): void {
    this.#connection?.end()
    this.#connection = undefined
    this.#opened = undefined
  }
}
