import type { TrainingNews } from './protocol.ts'

/** Milliseconds between two throttled messages: readers cannot follow faster ones. */
const EVERY = 250

/** Throttle for news: `schedule` sends at most once per `EVERY` milliseconds, `flush` at once. */
export class NewsThrottle {
  readonly #send: () => void
  readonly #clock: () => number
  #last = Number.NEGATIVE_INFINITY
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(news: () => TrainingNews, send: (news: TrainingNews) => void, clock: () => number) {
    this.#send = () => send(news())
    this.#clock = clock
  }

  schedule(): void {
    const rest = this.#last + EVERY - this.#clock()
    if (rest <= 0) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), rest)
  }

  flush(): void {
    this.cancel()
    this.#last = this.#clock()
    this.#send()
  }

  /** Cancels a pending message. */
  cancel(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
