/** Plays a film frame by frame, outside React, and reports when a pair was first seen. */

import type { Film } from '../replay/film.ts'
import { createLane, type LiveLane, live } from '../stores/live.ts'
import { useView } from './view.ts'

/** Longest time step of a frame, in seconds: a longer gap means a hidden tab, and is not caught up with. */
const LONGEST_STEP_SECONDS = 0.25

interface ProjectorOptions {
  /** Called when a film's first frame is on the screen; `at` is in milliseconds of `performance.now`. */
  onFirstFrame(film: Film, at: number): void
  /** Called when playback starts or stops; `paused` means stopped before the end. */
  onMotion(motion: { readonly playing: boolean; readonly paused: boolean }): void
}

export class Projector {
  readonly lanes: readonly [LiveLane, LiveLane] = [createLane(), createLane()]
  /** Progress bar that grows while the clips play. */
  bar: HTMLElement | null = null
  readonly #options: ProjectorOptions
  #film: Film | undefined
  #playing = false
  #fresh = false
  #lastFrame = 0
  #frame = 0

  constructor(options: ProjectorOptions) {
    this.#options = options
    this.#frame = requestAnimationFrame((now) => this.#tick(now))
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
  }

  /** Replaces the film: by one that plays from its start, or that stands still at its end. */
  show(film: Film | undefined, still: boolean): void {
    this.#film = film
    this.#fresh = film !== undefined
    film?.cut(still ? film.end : 0)
    this.#setPlaying(film !== undefined && !still)
  }

  toggle(): void {
    const film = this.#film
    if (!film) return
    if (!this.#playing && film.time >= film.end) film.cut()
    this.#setPlaying(!this.#playing)
  }

  /** Plays the film from its start again. */
  replay(): void {
    this.#film?.cut()
    this.#setPlaying(this.#film !== undefined)
  }

  #setPlaying(playing: boolean): void {
    this.#playing = playing
    const film = this.#film
    this.#options.onMotion({
      playing,
      paused: !playing && film !== undefined && film.time < film.end,
    })
  }

  #tick(now: number): void {
    this.#frame = requestAnimationFrame((next) => this.#tick(next))
    const gap = this.#lastFrame ? Math.max(0, now - this.#lastFrame) / 1000 : 0
    this.#lastFrame = now
    const film = this.#film
    if (!film) return
    if (this.#fresh) this.#announce(film)
    else if (this.#playing) {
      const seconds = Math.min(gap, LONGEST_STEP_SECONDS) * useView.getState().speed
      live.time += seconds
      if (!film.advance(seconds)) this.#setPlaying(false)
    }
    this.bar?.style.setProperty('transform', `scaleX(${film.time / film.end})`)
  }

  /** Reports the film's first frame right after this task, when it is on the screen. */
  #announce(film: Film): void {
    this.#fresh = false
    setTimeout(() => this.#options.onFirstFrame(film, performance.now()), 0)
  }
}
