import type { TrainingNews } from './protocol.ts'

/** Milliseconds between two pieces of news: more often nobody can read them. */
const EVERY = 250

/** Tells news at most four times a second, and none too late. */
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

  /** Nothing more will be told. */
  end(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
