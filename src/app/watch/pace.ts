/** Seconds of playing after which its pace is told. */
const WINDOW_SECONDS = 3

/** Measures how fast play goes, beside the speed that was chosen. */
export class Pace {
  #seconds = 0
  #held = 0

  /**
   * Notes a frame of so many seconds, in which play may have been held up by an agent that thinks.
   * Returns the share of the chosen speed that was reached, once a window of time is full.
   */
  note(seconds: number, held: boolean): number | undefined {
    this.#seconds += seconds
    if (held) this.#held += seconds
    if (this.#seconds < WINDOW_SECONDS) return undefined
    const share = 1 - this.#held / this.#seconds
    this.reset()
    return share
  }

  /** Forgets the beginning of a window: play stood still. */
  reset(): void {
    this.#seconds = 0
    this.#held = 0
  }
}
