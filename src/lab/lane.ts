/**
 * One agent being watched: asks a worker for decisions in time, plays them through a conductor.
 * Several lanes side by side are several agents of the worker under one clock: see `Ensemble`.
 */
import { Conductor, type Happening, type Moment } from './conductor.ts'
import type {
  ActingWorker,
  EpisodeChoice,
  OnProgress,
  OpenChoice,
  OpenedModel,
} from './protocol.ts'

export class Lane {
  readonly #worker: ActingWorker
  readonly #onError: (error: unknown) => void
  #conductor: Conductor | undefined
  /** Grows with every episode: an answer to an older one is dropped. */
  #take = 0
  #asking = false

  /** `onError` hears of a decision that failed; the lane then stands still until `start`. */
  constructor(worker: ActingWorker, onError: (error: unknown) => void) {
    this.#worker = worker
    this.#onError = onError
  }

  get moment(): Moment | undefined {
    return this.#conductor?.moment
  }

  /** Loads a model. No decision is asked for until `start`. */
  open(choice: OpenChoice, onProgress?: OnProgress): Promise<OpenedModel> {
    this.#take++
    this.#conductor = undefined
    return this.#worker.open(choice, onProgress)
  }

  /**
   * Begins an episode; until the worker is ready for it nothing moves. Resolves to false if
   * another `start` or `open` overtook this one.
   */
  async start(choice: EpisodeChoice): Promise<boolean> {
    const take = ++this.#take
    this.#conductor = undefined
    const state = await this.#worker.start(choice)
    if (take !== this.#take) return false
    this.#conductor = new Conductor(state)
    return true
  }

  /** Moves on by `seconds` of real time and keeps the worker busy. */
  advance(seconds: number, speed: number): Happening[] {
    if (!this.#conductor) return []
    this.#ask(speed)
    return this.#conductor.advance(seconds, speed)
  }

  #ask(speed: number): void {
    const conductor = this.#conductor
    if (this.#asking || !conductor?.wants(speed)) return
    const take = this.#take
    this.#asking = true
    this.#worker
      .step()
      .then((decision) => {
        if (take === this.#take) conductor.receive(decision)
        this.#asking = false
        if (take === this.#take) this.#ask(speed)
      })
      .catch((error: unknown) => {
        this.#asking = false
        if (take !== this.#take) return
        this.#conductor = undefined
        this.#onError(error)
      })
  }
}
