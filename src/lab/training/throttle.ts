import type { TrainingNews } from './protocol.ts'

/** Milliseconds between two throttled messages: readers cannot follow faster ones. */
const EVERY = 250

/** Throttle for news: `soon` sends at most once per `EVERY` milliseconds, `now` at once. */
export class Telling {
  readonly #tell: () => void
  readonly #clock: () => number
  #last = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(news: () => TrainingNews, send: (news: TrainingNews) => void, clock: () => number) {
    this.#tell = () => send(news())
    this.#clock = clock
  }

  soon(): void {
    const rest = this.#last + EVERY - this.#clock()
    if (rest <= 0) this.now()
    else this.#timer ??= setTimeout(() => this.now(), rest)
  }

  now(): void {
    this.end()
    this.#last = this.#clock()
    this.#tell()
  }

  /** Cancels a pending message. */
  end(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
