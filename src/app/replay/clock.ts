/** Longest time step of a frame in seconds: a longer gap means a hidden tab, and is not caught up with. */
export const LONGEST_GAP_SECONDS = 0.25

/** Clock of moving pictures: calls back on every animation frame until it is stopped. */
export class FrameClock {
  readonly #onFrame: (seconds: number, gap: number) => void
  #last: number | undefined
  #frame = 0

  /**
   * `onFrame` receives the seconds since the frame before, at most `LONGEST_GAP_SECONDS`, and the same
   * without that limit; 0 on the first frame.
   */
  constructor(onFrame: (seconds: number, gap: number) => void) {
    this.#onFrame = onFrame
    this.#frame = requestAnimationFrame((now) => this.#tick(now))
  }

  stop(): void {
    cancelAnimationFrame(this.#frame)
  }

  #tick(now: number): void {
    // Requested before the callback, which may stop the clock.
    this.#frame = requestAnimationFrame((next) => this.#tick(next))
    const gap = Math.max(0, now - (this.#last ?? now)) / 1000
    this.#last = now
    this.#onFrame(Math.min(gap, LONGEST_GAP_SECONDS), gap)
  }
}
