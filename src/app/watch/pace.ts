/** Seconds of play over which the pace is measured. */
const WINDOW_SECONDS = 3

/** Measures the actual speed of play, relative to the chosen speed. */
export class Pace {
  #seconds = 0
  #held = 0

  /**
   * Counts a frame of `seconds`; `held` says whether play waited for an agent. Once the window is full,
   * returns the share of the chosen speed that was reached, 0…1, and starts another; else undefined.
   */
  note(seconds: number, held: boolean): number | undefined {
    this.#seconds += seconds
    if (held) this.#held += seconds
    if (this.#seconds < WINDOW_SECONDS) return undefined
    const share = 1 - this.#held / this.#seconds
    this.reset()
    return share
  }

  /** Restarts the window, because play stood still. */
  reset(): void {
    this.#seconds = 0
    this.#held = 0
  }
}
