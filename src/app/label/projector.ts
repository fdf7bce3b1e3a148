/** Shows a film frame by frame, outside React, and says when a pair was first seen. */

import type { Film } from '../replay/film.ts'
import { createLane, type LiveLane, live } from '../stores/live.ts'
import { useView } from './view.ts'

/** A longer gap between two frames is a tab that was hidden, not time to catch up with. */
const LONGEST_STEP_SECONDS = 0.25

interface ProjectorOptions {
  /** Hears when the first frame of a film is on the screen, in milliseconds of the page's clock. */
  onFirstFrame(film: Film, at: number): void
  /** `paused` is standing still before the end. */
  onMotion(motion: { readonly playing: boolean; readonly paused: boolean }): void
}

export class Projector {
  readonly lanes: readonly [LiveLane, LiveLane] = [createLane(), createLane()]
  /** The line that grows while the clips run. */
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

  /** Puts a film in the place of another: at its start and running, or standing still at its end. */
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

  /** From the start again. */
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

  /** This frame shows the film's beginning; what was put into it is on the screen right after. */
  #announce(film: Film): void {
    this.#fresh = false
    setTimeout(() => this.#options.onFirstFrame(film, performance.now()), 0)
  }
}
